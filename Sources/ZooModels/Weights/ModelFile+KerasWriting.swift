import ZooEngine
import ZooFormats
import ZooGraph

extension ModelFile {
  /// Writes the weights in the layout of Keras' `save_weights` to `.h5`, which Keras 2 and 3 load into a model of the
  /// same layers; the file appears whole or not at all, and the same model gives the same bytes.
  ///
  /// Layers are numbered in the order of the graph, `conv3d_1`, and listed in Keras' order. The architecture is not in
  /// the file.
  public func writeKeras(to path: String) throws {
    let slots = try KerasSlot.slots(of: graph)
    var counts: [KerasKind: Int] = [:]
    let names = slots.map { slot in
      counts[slot.kind, default: 0] += 1
      return "\(slot.kind.rawValue)_\(counts[slot.kind, default: 0])"
    }
    let places = KerasOrder.places(in: graph)
    let order = slots.indices.sorted { places[slots[$0].node] < places[slots[$1].node] }

    let file = try HDF5Writer(for: path)
    try ModelFile.write(order.map { names[$0] }, attribute: "layer_names", of: "", to: file)
    try file.write("tensorflow", attribute: "backend", of: "")
    // Layout and axis order have been the same since Keras 2; both Keras 2 and 3 look at this to know it.
    try file.write("2.2.4", attribute: "keras_version", of: "")
    for index in order {
      let (name, tensors) = (names[index], slots[index].tensors)
      try file.makeGroup(name)
      let arrays = tensors.map { "\(name)/\($0.role):0" }
      try ModelFile.write(arrays, attribute: "weight_names", of: name, to: file)
      for (tensor, array) in zip(tensors, arrays) {
        let own = weights.slice(tensor.parameter)
        var values = [Float](repeating: 0, count: own.count)
        tensor.forEachPosition { here, there in values[there] = own[here] }
        try file.write(values, shape: tensor.shape, to: "\(name)/\(array)")
      }
    }
    try file.finish()
  }

  /// A list of names as an attribute; HDF5 holds less than 64 KB in one, and Keras counts the parts of a longer list.
  private static func write(
    _ names: [String], attribute: String, of group: String, to file: HDF5Writer
  ) throws {
    let width = max(1, names.map(\.utf8.count).max() ?? 1)
    let room = 64_000 / width
    guard names.count > room else { return try file.write(names, attribute: attribute, of: group) }
    for (number, start) in stride(from: 0, to: names.count, by: room).enumerated() {
      let part = Array(names[start..<min(start + room, names.count)])
      try file.write(part, attribute: "\(attribute)\(number)", of: group)
    }
  }
}
