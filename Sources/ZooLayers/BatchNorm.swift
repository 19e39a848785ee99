import ZooCore
import ZooGraph

/// Batch normalisation (Ioffe, Szegedy 2015) over the batch and all voxels; the shape stays.
struct BatchNorm: Layer {
  static let type = "batch_norm"
  static let summary = "batch normalisation with a learnt scale and shift for every channel"

  let normalisation: Normalisation

  init(options: inout JSONObject) throws { normalisation = try Normalisation(options: &options) }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try normalisation.lower(inputs[0], at: path, into: &graph)
  }
}
