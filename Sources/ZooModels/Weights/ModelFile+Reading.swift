public import ZooCore
import ZooEngine
import ZooFormats
public import ZooGraph

extension ModelFile {
  /// Reads a model; `fallback` is its architecture where the file does not carry one, as with plain safetensors and
  /// with Keras' HDF5.
  ///
  /// Everything is checked before it is used: a tensor that is missing, left over, of another shape or not finite is
  /// one `Problem` that names the file and the first of them.
  public static func read(
    _ path: String, layers: Registry<any Layer.Type>, fallback: Architecture? = nil
  ) throws -> ModelFile {
    if isKeras(path) { return try readKeras(path, layers: layers, architecture: fallback) }
    let file = try SafetensorsFile(reading: path)
    let architecture = try architecture(of: file, fallback: fallback)
    let graph = try architecture.graph(registry: layers)
    let weights = try weights(of: file, for: graph, model: architecture.name)
    let metrics = try file.metadata["metrics"].map {
      try JSONValue(parsing: Array($0.utf8), from: "\(path): metrics")
    }
    let calibration = try file.metadata["calibration"].map { text in
      let place = "\(path): calibration"
      return try Calibration(
        JSONValue(parsing: Array(text.utf8), from: place), at: place, classes: architecture.classes)
    }
    return try ModelFile(
      architecture: architecture, graph: graph, weights: weights, metrics: metrics ?? .object([:]),
      calibration: calibration, trainedOn: trainedOn(of: file), place: path)
  }

  /// The cases that a file's weights were trained on; nil where it does not say, as Keras' cannot.
  public static func trainedOn(of path: String) throws -> TrainedCases? {
    isKeras(path) ? nil : try trainedOn(of: SafetensorsFile(reading: path))
  }

  private static func trainedOn(of file: SafetensorsFile) throws -> TrainedCases? {
    try file.metadata["trained_on"].map { text in
      let place = "\(file.path): trained_on"
      return try TrainedCases(JSONValue(parsing: Array(text.utf8), from: place), at: place)
    }
  }

  private static func architecture(of file: SafetensorsFile, fallback: Architecture?) throws -> Architecture {
    if let text = file.metadata["architecture"] {
      let place = "\(file.path): architecture"
      return try Architecture.parse(try JSONValue(parsing: Array(text.utf8), from: place), at: place)
    }
    guard let fallback else {
      throw Problem(
        "the file does not carry its architecture", at: file.path,
        next: "name it: --model NAME (voxelzoo models lists the names)")
    }
    return fallback
  }

  private static func weights(of file: SafetensorsFile, for graph: Graph, model: String) throws -> Weights {
    let weights = try Weights(for: graph)
    var wrong: [String] = []
    for (index, parameter) in weights.parameters.enumerated() {
      let wanted = NDArray.text(of: parameter.shape)
      guard let shape = file.shape(of: parameter.name) else {
        wrong.append("no \(parameter.name) (\(wanted))")
        continue
      }
      guard shape == parameter.shape else {
        wrong.append("\(parameter.name) is \(NDArray.text(of: shape)) instead of \(wanted)")
        continue
      }
      let values = weights.slice(index)
      try file.read(parameter.name, into: values)
      try UnsafeBufferPointer(values).requireFinite(at: "\(file.path): \(parameter.name)")
    }
    let known = Set(weights.parameters.map(\.name))
    // PyTorch counts batches beside each batch norm; nothing here depends on it.
    let unused = file.names.filter { !known.contains($0) && !$0.hasSuffix(".num_batches_tracked") }
    wrong += unused.sorted().map { "nothing to use \($0) for" }
    guard wrong.isEmpty else {
      let more = wrong.count > 2 ? ", and \(wrong.count - 2) more" : ""
      throw Problem(
        "weights of another architecture", at: file.path, expected: "those of \(model)",
        found: wrong.prefix(2).joined(separator: ", ") + more, next: "choose the right file or model")
    }
    return weights
  }
}
