import ZooCore
import ZooGraph

/// Densely connected layers (Huang et al. 2017): (C, D, H, W) to (C + `layers`·`growth`, D, H, W).
///
/// Each layer is BN-ReLU-conv 1³ to `bottleneck`·`growth` channels without bias, then BN-ReLU-conv 3³ to `growth`
/// channels with bias. Its new features stand before the old ones in the concatenation.
struct DenseBlock: Layer {
  static let type = "dense_block"
  static let summary = "densely connected BN-ReLU-conv 1³, BN-ReLU-conv 3³ layers"

  let layers: Int
  let growth: Int
  let bottleneck: Int
  let normalisation: Normalisation
  let initializer: KernelInitializer

  init(options: inout JSONObject) throws {
    layers = try options.integer("layers", in: 1...64)
    growth = try options.integer("growth", in: 1...1024)
    bottleneck = try options.integer("bottleneck", in: 1...64, default: 4)
    normalisation = try Normalisation(options: &options)
    initializer = try options.initializer()
  }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    var x = inputs[0]
    for number in 1...layers {
      let layer = "\(path).layer\(number)"
      var y = try normalisation.lowerWithRelu(x, norm: "\(layer).bn1", relu: "\(layer).relu1", into: &graph)
      y = try graph.convolution(
        y, filters: bottleneck * growth, kernel: [1, 1, 1], hasBias: false, initializer: initializer,
        at: "\(layer).conv1")
      y = try normalisation.lowerWithRelu(y, norm: "\(layer).bn2", relu: "\(layer).relu2", into: &graph)
      y = try graph.convolution(
        y, filters: growth, kernel: [3, 3, 3], initializer: initializer, at: "\(layer).conv2")
      x = try graph.concat([y, x], at: "\(layer).concat")
    }
    return x
  }
}
