/// How a search shares out its epochs among trials.
public enum SweepMethod: String, CaseIterable, Sendable {
  /// Every trial has all epochs (Bergstra, Bengio 2012).
  case random
  /// All trials begin with few epochs; the best third goes on with three times as many, and so on up to all (successive
  /// halving, Jamieson, Talwalkar 2016). Each round is a training of its own from the start, with a schedule of its length.
  case halving

  /// A round: so many trials with so many epochs.
  public struct Round: Hashable, Sendable {
    /// Trials that take part.
    public let trials: Int
    /// Epochs each of them is trained.
    public let epochs: Int
  }

  /// The share that goes on is one in so many.
  private static let factor = 3

  /// The rounds for a number of trials, of which the last has all epochs.
  public func rounds(trials: Int, epochs: Int) -> [Round] {
    guard self == .halving else { return [Round(trials: trials, epochs: epochs)] }
    var rounds = [Round(trials: trials, epochs: epochs)]
    while let last = rounds.last, last.trials >= SweepMethod.factor,
      let first = rounds.first, first.epochs >= SweepMethod.factor
    {
      // One round more: all before it have a third of what they had.
      rounds = rounds.map { Round(trials: $0.trials, epochs: $0.epochs / SweepMethod.factor) }
      rounds.append(Round(trials: last.trials / SweepMethod.factor, epochs: epochs))
    }
    return rounds
  }
}
