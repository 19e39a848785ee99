import ZooCore
import ZooGraph

/// Rectified linear unit; the shape stays.
struct Relu: Layer {
  static let type = "relu"
  static let summary = "max(x, 0)"

  init(options: inout JSONObject) throws {}

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.activation(inputs[0], .relu, at: path)
  }
}
