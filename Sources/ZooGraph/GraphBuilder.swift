import ZooCore
public import ZooVolume

/// Builds a graph operation by operation and checks every shape on the way; nothing is allocated for data.
///
/// `path` is the layer's path; an operation's parameters are named below it.
public struct GraphBuilder {
  private var nodes: [Graph.Node] = []
  private var tensors: [Shape]
  private var parameters: [Parameter] = []
  private var names: Set<String> = []

  /// A graph with one input of a given shape.
  public init(input: Shape) { tensors = [input] }

  /// Operations so far; the difference across a layer's `lower` tells which operations are the layer's.
  public var operationCount: Int { nodes.count }

  /// The graph's input.
  public var input: Tensor { Tensor(id: 0, shape: tensors[0]) }

  /// The finished graph, whose result is `output`.
  public func finish(output: Tensor) -> Graph {
    Graph(nodes: nodes, tensors: tensors, parameters: parameters, input: 0, output: output.id)
  }

  /// 3D convolution to `filters` channels.
  public mutating func convolution(
    _ x: Tensor, filters: Int, kernel: [Int], stride: [Int] = [1, 1, 1], padding: Padding = .same,
    dilation: [Int] = [1, 1, 1], groups: Int = 1, hasBias: Bool = true,
    initializer: KernelInitializer = .heUniform,
    at path: String
  ) throws -> Tensor {
    guard x.shape.channels.isMultiple(of: groups), filters.isMultiple(of: groups) else {
      throw Problem(
        "groups do not divide the channels", at: path,
        expected: "a divisor of \(x.shape.channels) and \(filters)",
        found: "\(groups)", next: "change groups or filters")
    }
    let window = Window(
      kernel: kernel, stride: stride, dilation: dilation, padding: padding, over: x.shape.axes)
    let axes = try window.output(over: x.shape.axes, at: path)
    let perGroup = x.shape.channels / groups
    let start = initializer.start(fanIn: perGroup * window.taps, fanOut: filters / groups * window.taps)
    var own = [
      Parameter(name: "weight", shape: [filters, perGroup] + kernel, initializer: start, decays: true)
    ]
    if hasBias { own.append(Parameter(name: "bias", shape: [filters], initializer: .constant(0))) }
    return try append(
      .convolution(window, groups: groups, hasBias: hasBias), [x], Shape(channels: filters, axes: axes), own,
      path)
  }

  /// Batch normalisation over the batch and all voxels; `momentum` is the share of the old running value kept.
  public mutating func batchNorm(
    _ x: Tensor, epsilon: Float = 1e-3, momentum: Float = 0.99, at path: String
  ) throws -> Tensor {
    let shape = [x.shape.channels]
    let own = [
      Parameter(name: "weight", shape: shape, initializer: .constant(1)),
      Parameter(name: "bias", shape: shape, initializer: .constant(0)),
      Parameter(name: "running_mean", shape: shape, initializer: .constant(0), isTrainable: false),
      Parameter(name: "running_var", shape: shape, initializer: .constant(1), isTrainable: false),
    ]
    return try append(.batchNorm(epsilon: epsilon, momentum: momentum), [x], x.shape, own, path)
  }

  /// An elementwise function.
  public mutating func activation(_ x: Tensor, _ function: Activation, at path: String) throws -> Tensor {
    try append(.activation(function), [x], x.shape, [], path)
  }

  /// Average over windows; padding counts as zeros only if `countsPadding`.
  public mutating func averagePool(
    _ x: Tensor, kernel: [Int], stride: [Int], padding: Padding = .valid, countsPadding: Bool = false,
    at path: String
  ) throws -> Tensor {
    let (window, shape) = try pool(x, kernel, stride, padding, path)
    return try append(.averagePool(window, countsPadding: countsPadding), [x], shape, [], path)
  }

  /// Maximum over windows.
  public mutating func maxPool(
    _ x: Tensor, kernel: [Int], stride: [Int], padding: Padding = .valid, at path: String
  ) throws -> Tensor {
    let (window, shape) = try pool(x, kernel, stride, padding, path)
    return try append(.maxPool(window), [x], shape, [], path)
  }

  /// Mean over all voxels: a vector.
  public mutating func globalAveragePool(_ x: Tensor, at path: String) throws -> Tensor {
    try append(.globalAveragePool, [x], Shape(channels: x.shape.channels), [], path)
  }

  /// A fully connected layer on a vector.
  public mutating func dense(
    _ x: Tensor, units: Int, hasBias: Bool = true, initializer: KernelInitializer = .heUniform,
    at path: String
  ) throws -> Tensor {
    guard x.shape.isVector else {
      throw Problem(
        "a dense layer needs a vector", at: path, expected: "C×1×1×1", found: x.shape.description,
        next: "put \"flatten\" or \"global_avg_pool\" before it")
    }
    let start = initializer.start(fanIn: x.shape.channels, fanOut: units)
    var own = [Parameter(name: "weight", shape: [units, x.shape.channels], initializer: start, decays: true)]
    if hasBias { own.append(Parameter(name: "bias", shape: [units], initializer: .constant(0))) }
    return try append(.dense(units: units, hasBias: hasBias), [x], Shape(channels: units), own, path)
  }

  /// Dropout of elements, or of whole channels if `spatial`.
  public mutating func dropout(_ x: Tensor, rate: Float, spatial: Bool = false, at path: String) throws
    -> Tensor
  {
    try append(.dropout(rate: rate, spatial: spatial), [x], x.shape, [], path)
  }

  /// Sum of two or more tensors of one shape.
  public mutating func add(_ inputs: [Tensor], at path: String) throws -> Tensor {
    guard inputs.count >= 2, inputs.allSatisfy({ $0.shape == inputs[0].shape }) else {
      throw Problem(
        "add needs two or more inputs of one shape", at: path,
        found: inputs.map(\.shape.description).joined(separator: " and "))
    }
    return try append(.add, inputs, inputs[0].shape, [], path)
  }

  /// Two or more tensors behind each other along the channels.
  public mutating func concat(_ inputs: [Tensor], at path: String) throws -> Tensor {
    guard inputs.count >= 2, inputs.allSatisfy({ $0.shape.axes == inputs[0].shape.axes }) else {
      throw Problem(
        "concat needs two or more inputs of the same depth, height and width", at: path,
        found: inputs.map(\.shape.description).joined(separator: " and "))
    }
    let channels = inputs.map(\.shape.channels).reduce(0, +)
    return try append(.concat, inputs, Shape(channels: channels, axes: inputs[0].shape.axes), [], path)
  }

  /// All values as one vector, channels slowest.
  public mutating func flatten(_ x: Tensor, at path: String) throws -> Tensor {
    try append(.flatten, [x], Shape(channels: x.shape.count), [], path)
  }

  /// x·factor + offset
  public mutating func scale(_ x: Tensor, factor: Float, offset: Float, at path: String) throws -> Tensor {
    try append(.scale(factor: factor, offset: offset), [x], x.shape, [], path)
  }

  /// Softmax over channels.
  public mutating func softmax(_ x: Tensor, at path: String) throws -> Tensor {
    try append(.softmax, [x], x.shape, [], path)
  }

  /// An operation of somebody else's.
  public mutating func custom(_ inputs: [Tensor], _ operation: some CustomOperation, at path: String) throws
    -> Tensor
  {
    let shapes = inputs.map(\.shape)
    return try append(
      .custom(operation), inputs, operation.outputShape(of: shapes), operation.parameters(for: shapes), path)
  }

  private func pool(
    _ x: Tensor, _ kernel: [Int], _ stride: [Int], _ padding: Padding, _ path: String
  ) throws -> (Window, Shape) {
    let window = Window(
      kernel: kernel, stride: stride, dilation: [1, 1, 1], padding: padding, over: x.shape.axes)
    guard (0..<3).allSatisfy({ max(window.paddingBefore[$0], window.paddingAfter[$0]) < kernel[$0] }) else {
      throw Problem("padding has to be smaller than the kernel", at: path, next: "use less padding")
    }
    return (window, Shape(channels: x.shape.channels, axes: try window.output(over: x.shape.axes, at: path)))
  }

  private mutating func append(
    _ operation: Operation, _ inputs: [Tensor], _ shape: Shape, _ own: [Parameter], _ path: String
  ) throws -> Tensor {
    try checkSize(shape, own, path)
    let first = parameters.count
    for var parameter in own {
      parameter.name = "\(path).\(parameter.name)"
      guard names.insert(parameter.name).inserted else {
        throw Problem("two layers have the same name", at: path, next: "rename one of them")
      }
      parameters.append(parameter)
    }
    let output = Tensor(id: tensors.count, shape: shape)
    tensors.append(shape)
    nodes.append(
      Graph.Node(
        path: path, operation: operation, inputs: inputs.map(\.id), output: output.id,
        parameters: Array(first..<parameters.count)))
    return output
  }

  /// Refuses what no machine can run, before memory is taken, and so that sums over a graph never overflow.
  private func checkSize(_ shape: Shape, _ own: [Parameter], _ path: String) throws {
    guard nodes.count < 1 << 14 else {
      throw Problem("the network has more than \(1 << 14) operations", at: path, next: "use fewer layers")
    }
    guard fits([shape.channels] + shape.axes) else {
      throw Problem(
        "the output is empty or too large", at: path, expected: "1 to 2³¹ − 1 values",
        found: shape.description)
    }
    for parameter in own where !fits(parameter.shape) {
      throw Problem(
        "\(parameter.name) is empty or too large", at: path, expected: "1 to 2³¹ − 1 values",
        found: parameter.shape.map(String.init).joined(separator: "×"))
    }
    // A convolution reads every weight once for each output voxel; both factors are below 2³¹ here.
    guard shape.voxels * (own.map(\.count).max() ?? 0) < 1 << 45 else {
      throw Problem(
        "the operation takes more than 2⁴⁵ multiply-adds a sample", at: path,
        next: "use fewer channels or a smaller kernel")
    }
  }

  /// Whether there are 1 to 2³¹ − 1 values, counted without overflow.
  private func fits(_ sizes: [Int]) -> Bool {
    var product = 1
    for size in sizes {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard size > 0, !overflow, next < 1 << 31 else { return false }
      product = next
    }
    return true
  }
}
