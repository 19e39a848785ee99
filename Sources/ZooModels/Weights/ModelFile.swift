public import ZooCore
public import ZooEngine
public import ZooGraph

/// A trained model: a network and its weights, in one safetensors file with all that is needed to use it.
///
/// Weights that Keras has saved are read and written too; they need their architecture beside them.
/// Tensors in safetensors have PyTorch's names and axis order. The metadata are `format` ("voxelzoo"), `architecture` (the
/// architecture's JSON), `preprocessing` (its input, said once more for other programs), `metrics` (JSON), `classes`,
/// `created_by` and, where there are any, `calibration` and `trained_on` (JSON).
public struct ModelFile {
  /// The file, or the architecture's file where the model was never saved.
  public let place: String
  /// The network's description, at the size it was trained for.
  public let architecture: Architecture
  /// The network.
  public let graph: Graph
  /// Its weights.
  public let weights: Weights
  /// What is known about how good it is; an object, empty where nothing is.
  public let metrics: JSONValue
  /// What makes its probabilities honest; nil where they are taken as they are.
  public var calibration: Calibration?
  /// The cases that the weights were trained on; nil where nobody knows.
  public var trainedOn: TrainedCases?
  /// How the arrays of another program's file were matched; nil where parameters have their own names.
  public let report: WeightReport?

  /// A model in memory; the weights are those of the graph.
  public init(
    architecture: Architecture, graph: Graph, weights: Weights, metrics: JSONValue = .object([:]),
    calibration: Calibration? = nil, trainedOn: TrainedCases? = nil, place: String? = nil,
    report: WeightReport? = nil
  ) {
    self.place = place ?? architecture.place
    self.architecture = architecture
    self.graph = graph
    self.weights = weights
    self.metrics = metrics
    self.report = report
    self.calibration = calibration
    self.trainedOn = trainedOn
  }

  /// What `format` says in files of this kind.
  static let format = "voxelzoo"

  /// How a sample is made for this network: its input and the way the crop is taken.
  static func preprocessing(_ architecture: Architecture) -> JSONValue {
    guard case .object(var values) = architecture.input.json else { return .null }
    values["crop"] = "centre"
    return .object(values)
  }
}
