/// What models think of a case without label, to be learnt from (Lee 2013).
public struct PseudoLabel: Hashable, Sendable {
  /// The classes' probabilities.
  public let shares: [Double]
  /// How much the case counts beside one with a label.
  public let weight: Double

  /// A label; shares are not negative and sum to one, the weight is not negative.
  public init(shares: [Double], weight: Double) {
    precondition(
      weight >= 0 && shares.allSatisfy { $0 >= 0 } && abs(shares.reduce(0, +) - 1) < 1e-6, "shares of one")
    self.shares = shares
    self.weight = weight
  }

  /// The likeliest class.
  public var likeliest: Int { shares.indices.max { shares[$0] < shares[$1] } ?? 0 }
}
