import ZooCore
import ZooGraph

/// Leaky rectified linear unit (Maas et al. 2013); the shape stays. The default slope is PyTorch's.
struct LeakyRelu: Layer {
  static let type = "leaky_relu"
  static let summary = "x where positive, else slope·x"

  let slope: Float

  init(options: inout JSONObject) throws {
    slope = try options.float("slope", in: 0...1, default: 0.01)
  }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.activation(inputs[0], .leakyRelu(slope: slope), at: path)
  }
}
