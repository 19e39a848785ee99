import ZooCore
import ZooGraph

/// Dropout (Srivastava et al. 2014) of elements, or of whole channels (Tompson et al. 2015); the shape stays.
struct Dropout: Layer {
  static let type = "dropout"
  static let summary = "zeroes elements, or whole channels if spatial, in training only"

  let rate: Float
  let isSpatial: Bool

  init(options: inout JSONObject) throws {
    rate = try options.float("rate", in: 0...0.99, default: 0.5)
    isSpatial = try options.bool("spatial", default: false)
  }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.dropout(inputs[0], rate: rate, spatial: isSpatial, at: path)
  }
}
