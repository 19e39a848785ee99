import ZooCore
import ZooGraph

/// Inputs behind each other along the channels, in the order of `inputs`.
struct Concat: Layer {
  static let type = "concat"
  static let summary = "two or more inputs behind each other along the channels"
  static let inputCount = 2...64

  init(options: inout JSONObject) throws {}

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.concat(inputs, at: path)
  }
}
