import ZooCore
import ZooGraph

/// Maximum over windows: (C, D, H, W) to (C, D', H', W'); padding never wins.
struct MaxPool3D: Layer {
  static let type = "max_pool3d"
  static let summary = "maximum over windows"

  let pool: PoolOptions

  init(options: inout JSONObject) throws { pool = try PoolOptions(options: &options) }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.maxPool(
      inputs[0], kernel: pool.kernel, stride: pool.stride, padding: pool.padding, at: path)
  }
}
