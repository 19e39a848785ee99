/// What an ensemble came to.
public struct EnsembleResult: Sendable {
  /// What was written: the members that are left, and their weights.
  public let file: EnsembleFile
  /// The members, the ensemble and the baseline over the cases that none of them trained on.
  public let comparison: ComparisonResult

  /// What the ensemble's row is called.
  public static let name = "ensemble"

  init(_ ensemble: Ensemble, file: EnsembleFile, predictions: Predictions, notes: [String], threads: Int)
    throws
  {
    self.file = file
    let (shape, more) = try ShapeBaseline.judging(
      predictions, folds: ensemble.members[0].folds, of: ensemble.data, threads: threads)
    let members = try ensemble.members.map { try $0.competitor() }
    let own = Competitor(
      name: EnsembleResult.name, predictions: predictions, evaluation: try Evaluation(predictions),
      seconds: members.reduce(0) { $0 + $1.seconds })
    comparison = ComparisonResult(members + [own], shape: shape, notes: notes + more)
  }
}
