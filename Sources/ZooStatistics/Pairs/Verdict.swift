/// What a comparison of two AUCs says.
public enum Verdict: String, Hashable, Sendable {
  /// The first is higher than chance explains.
  case better
  /// The first is lower than chance explains.
  case worse
  /// The data cannot tell them apart; it does not mean that they are equal.
  case tied

  /// At 5 %, from a difference and its p-value, corrected for how many were looked at.
  public init(difference: Double, adjustedP: Double) {
    self = !(adjustedP < 0.05) || difference == 0 ? .tied : difference > 0 ? .better : .worse
  }
}
