import ZooCore
import ZooGraph

/// Sum of inputs of one shape.
struct Add: Layer {
  static let type = "add"
  static let summary = "sum of two or more inputs of one shape"
  static let inputCount = 2...64

  init(options: inout JSONObject) throws {}

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.add(inputs, at: path)
  }
}
