import ZooCore
import ZooGraph
import ZooVolume

/// The basic residual block (He et al. 2016): conv 3³-BN-ReLU-conv 3³-BN, plus the input, then ReLU.
///
/// The first convolution strides. Where stride or channels change, the input passes conv 1³-BN first. Padding is
/// one voxel on every side, as in PyTorch, and convolutions have no bias.
struct ResidualBlock: Layer {
  static let type = "residual_block"
  static let summary = "two conv 3³-BN-ReLU with the input added before the last ReLU"

  let filters: Int
  let stride: [Int]
  let normalisation: Normalisation
  let initializer: KernelInitializer

  init(options: inout JSONObject) throws {
    filters = try options.integer("filters", in: filterRange)
    stride = try options.triple("stride", in: windowRange, default: 1)
    normalisation = try Normalisation(options: &options)
    initializer = try options.initializer()
  }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    let input = inputs[0]
    var x = try graph.convolution(
      input, filters: filters, kernel: [3, 3, 3], stride: stride, padding: .explicit([1, 1, 1]),
      hasBias: false, initializer: initializer, at: "\(path).conv1")
    x = try normalisation.lowerWithRelu(x, norm: "\(path).bn1", relu: "\(path).relu1", into: &graph)
    x = try graph.convolution(
      x, filters: filters, kernel: [3, 3, 3], padding: .explicit([1, 1, 1]), hasBias: false,
      initializer: initializer, at: "\(path).conv2")
    x = try normalisation.lower(x, at: "\(path).bn2", into: &graph)
    let shortcut = try shortcut(input, at: "\(path).shortcut", into: &graph)
    return try graph.activation(
      try graph.add([x, shortcut], at: "\(path).add"), .relu, at: "\(path).relu2")
  }

  private func shortcut(
    _ input: Tensor, at path: String, into graph: inout GraphBuilder
  ) throws -> Tensor {
    if input.shape.channels == filters, stride == [1, 1, 1] { return input }
    let x = try graph.convolution(
      input, filters: filters, kernel: [1, 1, 1], stride: stride, padding: .valid, hasBias: false,
      initializer: initializer, at: "\(path).conv")
    return try normalisation.lower(x, at: "\(path).bn", into: &graph)
  }
}
