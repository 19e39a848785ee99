import ZooCore
import ZooGraph

/// Logistic function; the shape stays. As the last layer, on one unit, it makes a binary classifier.
struct Sigmoid: Layer {
  static let type = "sigmoid"
  static let summary = "1 / (1 + e⁻ˣ)"

  init(options: inout JSONObject) throws {}

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.activation(inputs[0], .sigmoid, at: path)
  }
}
