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
  /// Its own trainings; none for an ensemble.
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
      let origin = try EnsembleOrigin(of: path)
      let first = origin.first
      predictions = try Predictions(
        reading: Files.join(origin.folder, "predictions.csv"), classes: first.predictions.classes)
      folds =
        predictions.names == first.predictions.names ? first.folds : predictions.names.map { _ in 1 }
      (runs, dataPath, self.origin) = ([], first.runs.first?.configuration.data ?? "", origin)
    } else {
      guard RunFolder(path).isRun || CrossValidationFolder(path).isFinished else {
        throw try JudgedFolder.refusal(of: path)
      }
      let member = try EnsembleMember(path)
      (predictions, folds, runs) = (member.predictions, member.folds, member.runs)
      (dataPath, origin) = (runs.first?.configuration.data ?? "", nil)
    }
  }

  /// Why a folder that is neither run, cross-validation nor ensemble is not reported: a comparison or a cross-validation that
  /// was interrupted has runs in it.
  private static func refusal(of path: String) throws -> Problem {
    guard let begun = try Files.list(path).first(where: { holdsRun(Files.join(path, $0)) }) else {
      return Problem(
        "nothing to report", at: path,
        expected: "what voxelzoo train, compare or ensemble has written")
    }
    return Problem(
      "not finished", at: path, found: "\(begun), but neither comparison.json nor folds.json",
      next: "the command that began it goes on where it stopped; or report what is finished in it")
  }

  /// Whether there is a run, or the folds or seeds of one.
  private static func holdsRun(_ path: String) -> Bool {
    RunFolder(path).isRun
      || ((try? Files.list(path)) ?? []).contains { RunFolder(Files.join(path, $0)).isRun }
  }

  /// As a row of a comparison.
  func contender(
    _ name: String, folds: [Int], layers: Registry<any Layer.Type>, notes: [String] = []
  ) throws -> Contender {
    let network = origin?.isOneNetwork == true ? origin?.first.runs.first : runs.first
    return try Contender(
      name, .network, [OutOfFold(predictions, folds: folds)], parameters: network?.parameters,
      operations: network?.configuration.architecture.graph(registry: layers).multiplyAdds,
      seconds: runs.isEmpty ? nil : runs.reduce(0) { $0 + $1.seconds }, runs: runs, ensemble: origin,
      notes: notes)
  }
}
