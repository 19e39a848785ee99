import ZooCore
import ZooGraph

/// (C, D, H, W) to a vector of C·D·H·W, channels slowest, as in PyTorch.
struct Flatten: Layer {
  static let type = "flatten"
  static let summary = "all values as one vector, channels slowest"

  init(options: inout JSONObject) throws {}

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.flatten(inputs[0], at: path)
  }
}
