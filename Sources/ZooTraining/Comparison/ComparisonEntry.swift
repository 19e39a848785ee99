import ZooFormats
public import ZooModels

/// What a person named to be compared.
public enum ComparisonEntry: Sendable {
  /// A network to train, under the architecture's name.
  case architecture(Architecture)
  /// A run that is finished, with the cases it held back.
  case run(RunFolder)
  /// A cross-validation that is finished.
  case folds(CrossValidationFolder)
  /// Cross-validations of one network on several splits, `repeat1` … in a folder.
  case repeats(path: String, [CrossValidationFolder])
  /// Several of these judging together, with the cases that all of them held back.
  case ensemble(path: String)
  /// A file of weights, which predicts the cases that the others held back.
  case weights(path: String, Architecture?)
  /// A table of another program: name, predicted, and label if it knows it.
  case table(path: String)

  /// An entry for what is a folder or a file of one of these kinds; nil for anything else.
  public init?(path: String, model: Architecture? = nil) {
    let ending = path.split(separator: ".").last.map(String.init) ?? ""
    let repeats = RepeatedCrossValidation.folders(in: path)
    if RunFolder(path).isRun {
      self = .run(RunFolder(path))
    } else if CrossValidationFolder(path).isFinished {
      self = .folds(CrossValidationFolder(path))
    } else if !repeats.isEmpty {
      self = .repeats(path: path, repeats)
    } else if Files.exists(Files.join(path, EnsembleFile.name)) {
      self = .ensemble(path: path)
    } else if ["safetensors", "h5", "hdf5"].contains(ending) {
      self = .weights(path: path, model)
    } else if ending == "csv" {
      self = .table(path: path)
    } else {
      return nil
    }
  }

  /// What its row is called: the architecture's name, or the last part of the path without its ending; of a run's own file the
  /// run's name.
  public var name: String {
    switch self {
    case .architecture(let architecture): architecture.name
    case .run(let folder): folder.name
    case .folds(let folder): RunFolder(folder.path).name
    case .repeats(let path, _), .ensemble(let path): RunFolder(path).name
    case .weights(let path, _) where RunFolder(Files.folder(of: path)).isRun:
      RunFolder(Files.folder(of: path)).name
    case .weights(let path, _), .table(let path):
      RunFolder(path).name.split(separator: ".").dropLast().joined(separator: ".")
    }
  }
}
