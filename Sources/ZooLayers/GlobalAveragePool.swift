import ZooCore
import ZooGraph

/// Mean over all voxels: (C, D, H, W) to a vector of C.
struct GlobalAveragePool: Layer {
  static let type = "global_avg_pool"
  static let summary = "mean over all voxels: a vector"

  init(options: inout JSONObject) throws {}

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.globalAveragePool(inputs[0], at: path)
  }
}
