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
  /// Wilson's, for as many cases as the share's variance is worth, as for shares of clustered cases (Korn and Graubard 1998).
  /// That is the variance of a rate at a known threshold, and that of not knowing it, by a bootstrap of the other class. The
  /// threshold is the quantile of the other class that Hazen 1914 described, half-way between ranks: one that exists calls a
  /// little more or less than the stated share right, and with few cases BCa around it holds the truth in 88 of 100
  /// data sets (docs/statistics.md).
  public let interval: ClosedRange<Double>

  /// Nil where `ROCCurve` is, with fewer than two cases of a class, for a share outside [0, 1] and for fewer than 20
  /// replicates. The same seed gives the same bits for any number of threads.
  public init?(
    at stated: Stated, scores: [Double], labels: [Bool], replicates: Int = 2000, seed: UInt64,
    threads: Int = 1
  ) {
    guard replicates >= 20, let curve = ROCCurve(scores: scores, labels: labels) else { return nil }
    // Turned round, a specificity is the sensitivity of the other class.
    let (share, point, own): (Double, Double?, Bool) =
      switch stated {
      case .specificity(let value): (value, curve.point(atSpecificity: value)?.sensitivity, true)
      case .sensitivity(let value): (value, curve.point(atSensitivity: value)?.specificity, false)
      }
    guard let point,
      let interval = OperatingRate.intervals(
        at: [share], own: own ? scores : scores.map { -$0 }, labels: labels.map { $0 == own },
        replicates: replicates, seed: seed, threads: threads)?[0]
    else { return nil }
    estimate = point
    self.interval = min(point, interval.lowerBound)...max(point, interval.upperBound)
  }
}
