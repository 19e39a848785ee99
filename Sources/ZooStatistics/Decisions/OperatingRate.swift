/// The share of one class's cases that are called right at the threshold which calls a stated share of the other's right,
/// with what not knowing that threshold adds to its interval.
public struct OperatingRate: Hashable, Sendable {
  /// Whose share is stated.
  public enum Stated: Hashable, Sendable {
    /// That of the negative cases: the figure is the sensitivity at this specificity.
    case specificity(Double)
    /// That of the positive cases: the figure is the specificity at this sensitivity.
    case sensitivity(Double)
  }

  /// The share on these cases, at a threshold that exists: that of `ROCCurve`.
  public let estimate: Double
  /// The 95 % interval; it holds the estimate.
  ///
  /// Wilson's, for as many cases as the share's variance is worth, as for shares of clustered cases (Korn and Graubard
  /// 1998; for this share, by a bootstrap, Zhou and Qin 2005). That is the variance at a known threshold, and that of not
  /// knowing it, by what is known of a quantile's rank; the fewer cases of the other class, the more it counts, by
  /// Student's quantile. The threshold is the quantile that Hazen 1914 described, half-way between ranks: one that
  /// exists calls a little more or less than the stated share right, and with few cases BCa around it holds the truth in
  /// 88 of 100 data sets (docs/statistics.md).
  public let interval: ClosedRange<Double>

  /// Nil where `ROCCurve` is, with fewer than two cases of a class, and for a share outside [0, 1].
  public init?(at stated: Stated, scores: [Double], labels: [Bool]) {
    guard let curve = ROCCurve(scores: scores, labels: labels) else { return nil }
    // Turned round, a specificity is the sensitivity of the other class.
    let (share, point, sign, positive): (Double, Double?, Double, Bool) =
      switch stated {
      case .specificity(let value): (value, curve.point(atSpecificity: value)?.sensitivity, 1, true)
      case .sensitivity(let value): (value, curve.point(atSensitivity: value)?.specificity, -1, false)
      }
    let rates = RatesByRank(scores: scores.map { sign * $0 }, isOwn: labels.map { $0 == positive })
    guard let point, let interval = rates?.interval(at: share) else { return nil }
    estimate = point
    self.interval = min(point, interval.lowerBound)...max(point, interval.upperBound)
  }
}
