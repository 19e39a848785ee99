import ZooCore
import ZooGraph
import ZooVolume

/// The step between two dense blocks (Huang et al. 2017): BN-ReLU-conv 1³ with bias to ⌊`compression`·C⌋ channels,
/// then an average over windows of `pool` voxels.
struct Transition: Layer {
  static let type = "transition"
  static let summary = "BN-ReLU-conv 1³ to fewer channels, then average pooling"

  let compression: Double
  let pool: [Int]
  let normalisation: Normalisation
  let initializer: KernelInitializer

  init(options: inout JSONObject) throws {
    compression = try options.number("compression", in: 0.01...1, default: 0.5)
    pool = try options.triple("pool", in: windowRange, default: 2)
    normalisation = try Normalisation(options: &options)
    initializer = try options.initializer()
  }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    let filters = max(1, Int(Double(inputs[0].shape.channels) * compression))
    var x = try normalisation.lowerWithRelu(
      inputs[0], norm: "\(path).bn", relu: "\(path).relu", into: &graph)
    x = try graph.convolution(
      x, filters: filters, kernel: [1, 1, 1], initializer: initializer, at: "\(path).conv")
    return try graph.averagePool(x, kernel: pool, stride: pool, at: "\(path).pool")
  }
}
