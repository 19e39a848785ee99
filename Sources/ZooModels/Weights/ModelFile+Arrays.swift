public import ZooCore
import ZooEngine
public import ZooFormats
public import ZooGraph

extension ModelFile {
  /// All arrays of a file of weights by their names, whatever network they are of; nothing but the file itself is checked.
  ///
  /// Keras' weights have other names: they are read as those of `architecture`, with as many classes as the file has, and
  /// have to fit it whole.
  public static func arrays(
    of path: String, layers: Registry<any Layer.Type>, architecture: Architecture
  ) throws -> [String: NDArray] {
    guard isKeras(path) else { return try SafetensorsFile(reading: path).tensors() }
    let file = try KerasFile(reading: path)
    let head = file.layers.last { $0.kind == .dense }?.tensors.first { $0.role == "kernel" }
    let classes = head?.shape.last.flatMap { $0 > 1 ? $0 : nil } ?? architecture.classes
    let weights = try read(file, as: architecture.with(classes: classes), layers: layers).weights
    let arrays = weights.parameters.enumerated().map { index, parameter in
      (parameter.name, NDArray(shape: parameter.shape, float: Array(weights.slice(index))))
    }
    return Dictionary(uniqueKeysWithValues: arrays)
  }
}
