import ZooCore
import ZooFormats
import ZooGraph
import ZooModels

/// A folder whose trainings judged cases that they had held back: a run, a cross-validation, an ensemble.
struct JudgedFolder {
  let path: String
  let predictions: Predictions
  /// The fold of each case, counted from 1; all 1 where there are no folds.
  let folds: [Int]
  /// Its trainings; none for an ensemble.
  let runs: [FinishedRun]
  /// What it was made of; nil but for an ensemble.
  let origin: EnsembleOrigin?
  /// Where its data lie, as its first training names them.
  let dataPath: String

  /// Opens a folder; one that is none of these, or not finished, is a `Problem`.
  init(_ path: String) throws {
    self.path = path
    if !RunFolder(path).isRun, !CrossValidationFolder(path).isFinished,
      Files.exists(EnsembleFile.path(of: path))
    {
      let origin = try EnsembleOrigin(reading: EnsembleFile.path(of: path))
      let first = origin.first
      predictions = try Predictions(
        reading: Files.join(path, "predictions.csv"), classes: first.predictions.classes)
      folds =
        predictions.names == first.predictions.names ? first.folds : predictions.names.map { _ in 1 }
      (runs, dataPath, self.origin) = ([], first.runs.first?.configuration.data ?? "", origin)
    } else {
      let member = try EnsembleMember(path)
      (predictions, folds, runs) = (member.predictions, member.folds, member.runs)
      (dataPath, origin) = (runs.first?.configuration.data ?? "", nil)
    }
  }

  /// As a row of a comparison.
  func contender(_ name: String, folds: [Int], layers: Registry<any Layer.Type>) throws -> Contender {
    try Contender(
      name, .network, [OutOfFold(predictions, folds: folds)], parameters: runs.first?.parameters,
      operations: runs.first?.configuration.architecture.graph(registry: layers).multiplyAdds,
      seconds: runs.isEmpty ? nil : runs.reduce(0) { $0 + $1.seconds }, runs: runs)
  }
}
