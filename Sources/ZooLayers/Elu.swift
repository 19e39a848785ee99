import ZooCore
import ZooGraph

/// Exponential linear unit (Clevert et al. 2015); the shape stays.
struct Elu: Layer {
  static let type = "elu"
  static let summary = "x where positive, else alpha·(eˣ − 1)"

  let alpha: Float

  init(options: inout JSONObject) throws {
    alpha = try options.float("alpha", in: 0...100, default: 1)
  }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.activation(inputs[0], .elu(alpha: alpha), at: path)
  }
}
