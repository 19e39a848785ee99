import ZooCore
import ZooEngine
import ZooFormats
import ZooGraph

extension ModelFile {
  /// Writes the model; the file appears whole or not at all, and the same model gives the same bytes.
  public func write(to path: String) throws {
    let tensors = weights.parameters.enumerated().map { index, parameter in
      (name: parameter.name, array: NDArray(shape: parameter.shape, float: Array(weights.slice(index))))
    }
    var metadata = [
      "format": ModelFile.format,
      "architecture": architecture.json.text(indented: false),
      "preprocessing": ModelFile.preprocessing(architecture).text(indented: false),
      "metrics": metrics.text(indented: false),
      "classes": "\(architecture.classes)",
      "created_by": "voxelzoo \(voxelZooVersion)",
    ]
    metadata["calibration"] = calibration?.json.text(indented: false)
    metadata["trained_on"] = trainedOn?.json.text(indented: false)
    try SafetensorsFile.write(tensors: tensors, metadata: metadata, to: path)
  }
}
