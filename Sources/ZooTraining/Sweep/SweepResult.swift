/// What a search came to.
public struct SweepResult: Sendable {
  /// What was varied, by the keys of `TrainingOptions`.
  public let keys: [String]
  /// How epochs were shared out.
  public let method: SweepMethod
  /// All trials, the best first; those that lost their loss come last.
  public let trials: [SweepTrial]

  /// The best trial; nil where none came to an end.
  public var best: SweepTrial? { trials.first { $0.run != nil } }

  /// What a person has to know about the best one's AUC; nil where there is none.
  public var caution: String? {
    guard let run = best?.run, trials.count > 1 else { return nil }
    return
      "the best of \(trials.count) trials, chosen and judged by the same \(run.predictions.names.count) validation "
      + "cases: its AUC is optimistic; judge it by other cases, as those of the test part or of another fold"
  }
}
