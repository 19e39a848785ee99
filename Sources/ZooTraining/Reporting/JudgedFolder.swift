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
  /// Where its data lie, as its first training names them.
  let dataPath: String

  /// Opens a folder; one that is none of these, or not finished, is a `Problem`.
  init(_ path: String) throws {
    self.path = path
    if !RunFolder(path).isRun, !CrossValidationFolder(path).isFinished,
      Files.exists(EnsembleFile.path(of: path))
    {
      let first = try JudgedFolder.firstMember(of: path)
      predictions = try Predictions(
        reading: Files.join(path, "predictions.csv"), classes: first.predictions.classes)
      folds =
        predictions.names == first.predictions.names ? first.folds : predictions.names.map { _ in 1 }
      (runs, dataPath) = ([], first.dataPath)
    } else {
      let member = try EnsembleMember(path)
      (predictions, folds, runs) = (member.predictions, member.folds, member.runs)
      dataPath = runs.first?.configuration.data ?? ""
    }
  }

  /// As a row of a comparison.
  func contender(_ name: String, folds: [Int], layers: Registry<any Layer.Type>) throws -> Contender {
    try Contender(
      name, .network, predictions, folds: folds, parameters: runs.first?.parameters,
      operations: runs.first?.configuration.architecture.graph(registry: layers).multiplyAdds,
      seconds: runs.isEmpty ? nil : runs.reduce(0) { $0 + $1.seconds }, runs: runs)
  }

  /// The first of what an ensemble was made of: it knows the folds and the data.
  private static func firstMember(of path: String) throws -> JudgedFolder {
    let file = EnsembleFile.path(of: path)
    var object = try JSONObject(JSONValue(parsing: try Files.read(file), from: file), at: file)
    for case .string(let member) in try object.array("made_of") where Files.exists(member) {
      return try JudgedFolder(member)
    }
    throw Problem(
      "what the ensemble was made of is gone", at: object.path("made_of"), next: "report its members")
  }
}
