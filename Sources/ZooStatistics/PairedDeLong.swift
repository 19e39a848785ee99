#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The difference of two AUCs over the same cases, with DeLong's test of it.
public struct PairedDeLong: Hashable, Sendable {
  /// The AUC of the first scores.
  public let first: Double
  /// The AUC of the second scores.
  public let second: Double
  /// First − second.
  public let difference: Double
  /// The standard error of the difference; it takes into account that the cases are the same.
  public let standardError: Double
  /// Difference / standard error; 0 where both are 0, ±∞ where only the standard error is.
  public let z: Double
  /// The two-sided p-value of "no difference", never NaN.
  ///
  /// It is 1 where both rank the cases alike. Where the difference is the same for every case (one separates
  /// perfectly, the other is constant) the standard error is 0 and the normal approximation would say p = 0 for three
  /// cases as for three thousand; there p is 2¹⁻ᵏ, the least a sign test on k pairs can say, k the smaller class.
  public let p: Double

  /// The 95 % interval of the difference: 1.96 standard errors to either side, within [−1, 1].
  public var interval: ClosedRange<Double> {
    let reach = Normal.quantile975 * standardError
    return max(-1, difference - reach)...min(1, difference + reach)
  }

  /// Compares two scores of the same cases.
  ///
  /// Nil with fewer than two cases of a class, a NaN among the scores, or counts that differ. O(n log n).
  public init?(_ scoresA: [Double], _ scoresB: [Double], labels: [Bool]) {
    guard let a = Placements(scores: scoresA, labels: labels), a.disjointPairs >= 2,
      let b = Placements(scores: scoresB, labels: labels)
    else { return nil }
    first = a.auc
    second = b.auc
    difference = (a.concordant - b.concordant) / a.pairs
    // The variance of the differences is the two variances less twice the covariance, without its cancellation:
    // it is exactly 0 where both rank alike.
    let variance = a.variance(
      of: zip(a.positives, b.positives).map { $0 - $1 }, zip(a.negatives, b.negatives).map { $0 - $1 })
    standardError = variance.squareRoot()
    if standardError > 0 {
      z = difference / standardError
      p = Normal.twoSided(z)
    } else if difference == 0 {
      z = 0
      p = 1
    } else {
      z = difference > 0 ? .infinity : -.infinity
      p = exp2(1 - Double(a.disjointPairs))
    }
  }
}
