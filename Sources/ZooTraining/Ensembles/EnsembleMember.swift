import ZooCore

/// A run or a cross-validation that may become a part of an ensemble, with what it predicted for cases it did not train on.
struct EnsembleMember {
  /// The folder, as it was named.
  let path: String
  /// The runs in it.
  let runs: [FinishedRun]
  /// Predictions for the cases that were held back.
  var predictions: Predictions
  /// The fold that each was held back in; all 1 for a single run.
  let folds: [Int]
  /// Whether it is a cross-validation.
  let isCrossValidation: Bool

  /// Opens a folder; one that is neither, or not finished, is a `Problem`.
  init(_ path: String) throws {
    self.path = path
    let folder = CrossValidationFolder(path)
    isCrossValidation = folder.isFinished
    if isCrossValidation {
      let (runs, outOfFold) = try folder.open()
      self.runs = try runs.map { try $0.folder.open() }
      (predictions, folds) = (outOfFold.predictions, outOfFold.folds)
    } else {
      let run = try RunFolder(path).open()
      runs = [run]
      predictions = run.predictions
      folds = run.predictions.names.map { _ in 1 }
    }
  }

  /// As a row of a table.
  func contender() throws -> Contender {
    try Contender(
      path, .member, [OutOfFold(predictions, folds: folds)], parameters: runs.first?.parameters,
      seconds: runs.reduce(0) { $0 + $1.seconds }, runs: runs)
  }
}
