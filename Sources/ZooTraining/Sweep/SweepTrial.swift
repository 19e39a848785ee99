public import ZooCore

/// One point of a search, and how far it has come.
public struct SweepTrial: Sendable {
  /// Its number, counted from 1.
  public let number: Int
  /// What was drawn, by the keys of `TrainingOptions`.
  public let values: [String: JSONValue]
  /// Epochs of its last round.
  public internal(set) var epochs = 0
  /// The run of its last round; nil before the first, and where the loss was no finite number any more.
  public internal(set) var run: FinishedRun?

  /// Whether it is to be preferred: more epochs first, since only the best have them; then AUC, log loss and number.
  func isBetter(than other: SweepTrial) -> Bool {
    if (run == nil) != (other.run == nil) { return run != nil }
    if epochs != other.epochs { return epochs > other.epochs }
    let (own, others) = (run?.evaluation, other.run?.evaluation)
    if let auc = own?.auc, let second = others?.auc, auc != second { return auc > second }
    if let loss = own?.logLoss, let second = others?.logLoss, loss != second { return loss < second }
    return number < other.number
  }
}
