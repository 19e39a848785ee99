import ZooCore
import ZooGraph

/// A fixed x·factor + offset, such as the step from voxel values to the network's range; the shape stays.
struct Scale: Layer {
  static let type = "scale"
  static let summary = "x·factor + offset, both fixed"

  let factor: Float
  let offset: Float

  init(options: inout JSONObject) throws {
    factor = try options.float("factor", in: -1e6...1e6, default: 1)
    offset = try options.float("offset", in: -1e6...1e6, default: 0)
  }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.scale(inputs[0], factor: factor, offset: offset, at: path)
  }
}
