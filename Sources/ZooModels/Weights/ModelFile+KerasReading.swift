import ZooCore
import ZooEngine
import ZooFormats
import ZooGraph

extension ModelFile {
  /// Whether a path is to be read as Keras' weights: by what the file begins with, or what it is called.
  static func isKeras(_ path: String) -> Bool {
    path.hasSuffix(".h5") || path.hasSuffix(".hdf5") || HDF5File.isHDF5(path)
  }

  /// Reads weights that Keras has saved, for an architecture of the same layers in the same order.
  ///
  /// Everything is checked before it is used; weights that do not fit are one `Problem` that counts what is wrong and
  /// names the first.
  static func readKeras(
    _ path: String, layers: Registry<any Layer.Type>, architecture: Architecture?
  ) throws -> ModelFile {
    let file = try KerasFile(reading: path)
    guard let architecture else {
      throw Problem(
        "Keras' weights do not say their architecture", at: path,
        next: "name it: --model NAME (voxelzoo models lists the names)")
    }
    return try read(file, as: architecture, layers: layers)
  }

  /// Takes the weights of an open file.
  static func read(
    _ file: KerasFile, as architecture: Architecture, layers: Registry<any Layer.Type>
  ) throws -> ModelFile {
    let path = file.file.path
    let graph = try architecture.graph(registry: layers)
    let slots = try KerasSlot.slots(of: graph)
    let match = try KerasMatch(file, to: slots, of: graph)
    try check(match.report, model: architecture.name)
    let weights = try Weights(for: graph)
    for (slot, layer) in zip(slots, match.layers) {
      for tensor in slot.tensors {
        guard let array = layer?.tensors.first(where: { $0.role == tensor.role }) else { continue }
        let values = try file.file.array(array.dataset).finiteFloats(at: "\(path): \(array.dataset)")
        let target = weights.slice(tensor.parameter)
        tensor.forEachPosition { own, keras in target[own] = values[keras] }
      }
    }
    return ModelFile(
      architecture: architecture, graph: graph, weights: weights, place: path, report: match.report)
  }

  private static func check(_ report: WeightReport, model: String) throws {
    guard !report.isComplete else { return }
    let faults =
      report.wrongShape + report.missing.map { "nothing for \($0)" }
      + report.unused.map { "nothing to use \($0) for" }
    throw Problem(
      "weights of another architecture", at: report.place, expected: "those of \(model)",
      found: "\(report.used.count) arrays that fit, \(report.missing.count) missing, "
        + "\(report.unused.count) unused, \(report.wrongShape.count) of a wrong shape: "
        + faults.prefix(2).joined(separator: ", "),
      next: "choose the right file or model")
  }
}
