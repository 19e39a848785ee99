import ZooCore
import ZooGraph

/// Average over windows: (C, D, H, W) to (C, D', H', W').
struct AveragePool3D: Layer {
  static let type = "avg_pool3d"
  static let summary = "average over windows"

  let pool: PoolOptions
  let countsPadding: Bool

  init(options: inout JSONObject) throws {
    pool = try PoolOptions(options: &options)
    countsPadding = try options.bool("count_include_pad", default: false)
  }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.averagePool(
      inputs[0], kernel: pool.kernel, stride: pool.stride, padding: pool.padding,
      countsPadding: countsPadding, at: path)
  }
}
