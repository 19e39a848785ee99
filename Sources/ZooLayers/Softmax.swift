import ZooCore
import ZooGraph

/// Softmax over the channels of every voxel; the shape stays. As the last layer it gives the class probabilities.
struct Softmax: Layer {
  static let type = "softmax"
  static let summary = "softmax over the channels"

  init(options: inout JSONObject) throws {}

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.softmax(inputs[0], at: path)
  }
}
