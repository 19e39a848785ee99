import ZooCore

extension Architecture {
  /// The same network with another input.
  func with(input: Input) -> Architecture {
    Architecture(
      name: name, description: description, source: source, input: input, layers: layers, classes: classes,
      l2: l2, place: place)
  }

  /// The same network for volumes of so many channels, and another use of their masks.
  public func with(channels: Int, mask: MaskUse) -> Architecture {
    var input = input
    input.channels = channels
    input.mask = mask
    return with(input: input)
  }

  /// The same network for volumes brought to a spacing ([D, H, W] in millimetres) and a window of values; nil leaves either as
  /// it is.
  public func with(spacing: [Double]?, window: ClosedRange<Double>?) throws -> Architecture {
    var input = input
    input.spacing = spacing ?? input.spacing
    input.window = window ?? input.window
    // Limits are those of a file.
    return with(input: try Input(input.json, at: "\(name): input"))
  }

  /// The same network for another number of classes: its last dense layer has as many units, and a sigmoid becomes a
  /// softmax where there are more than two.
  ///
  /// A `Problem` where the output is not made by a dense layer of its own.
  public func with(classes count: Int) throws -> Architecture {
    guard count != classes else { return self }
    guard (2...65_536).contains(count) else {
      throw Problem("wrong number of classes", at: place, expected: "2 to 65536", found: "\(count)")
    }
    let users = layers.filter { $0.inputs.contains(layers.last?.inputs.first ?? "") }
    guard let last = layers.last, let head = layers.firstIndex(where: { last.inputs == [$0.name] }),
      layers[head].type == "dense", users.count == 1
    else {
      throw Problem(
        "cannot be fitted to \(count) classes", at: place,
        expected: "a dense layer of its own before the last",
        next: "write the number of classes into the architecture's file")
    }
    var changed = layers
    let isSigmoid = last.type == "sigmoid"
    changed[head] = layers[head].with(options: ["units": .number(Double(count))])
    if isSigmoid { changed[layers.count - 1] = last.with(type: "softmax") }
    return Architecture(
      name: name, description: description, source: source, input: input, layers: changed, classes: count,
      l2: l2, place: place)
  }
}

extension LayerSpec {
  /// The same layer with some options replaced.
  fileprivate func with(options changed: [String: JSONValue]) -> LayerSpec {
    LayerSpec(type: type, name: name, inputs: inputs, options: options.merging(changed) { _, new in new })
  }

  /// The same layer as another type.
  fileprivate func with(type: String) -> LayerSpec {
    LayerSpec(type: type, name: name, inputs: inputs, options: options)
  }
}
