import ZooCore
import ZooGraph

/// Fully connected: a vector to a vector of `units`.
struct Dense: Layer {
  static let type = "dense"
  static let summary = "fully connected layer on a vector"

  let units: Int
  let hasBias: Bool
  let initializer: KernelInitializer

  init(options: inout JSONObject) throws {
    units = try options.integer("units", in: filterRange)
    hasBias = try options.bool("bias", default: true)
    initializer = try options.initializer()
  }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.dense(inputs[0], units: units, hasBias: hasBias, initializer: initializer, at: path)
  }
}
