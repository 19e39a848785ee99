/// What an ensemble came to.
public struct EnsembleResult: Sendable {
  /// What was written: the members that are left, and their weights.
  public let file: EnsembleFile
  /// The members, the ensemble and the baseline over the cases that none of them trained on.
  public let comparison: ComparisonResult

  /// What a person should know, a line each.
  public let notes: [String]

  /// What the ensemble's row is called.
  public static let name = "ensemble"

  init(_ ensemble: Ensemble, file: EnsembleFile, predictions: Predictions, notes: [String], threads: Int)
    throws
  {
    self.file = file
    let members = try ensemble.members.map { try $0.contender() }
    let own = try Contender(
      EnsembleResult.name, .network, [OutOfFold(predictions, folds: ensemble.members[0].folds)],
      seconds: members.reduce(0) { $0 + ($1.seconds ?? 0) })
    let result = try ComparisonResult(
      members + [own],
      beside: MaskBaselines(
        beside: predictions, folds: own.folds, from: MaskSurvey(of: ensemble.data, threads: threads)))
    comparison = result
    self.notes = notes + result.notes
  }
}
