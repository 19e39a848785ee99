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
  /// How the two AUCs go together over samples of cases, −1 … 1; nil where one of them has no variance.
  public let correlation: Double?
  /// Difference / standard error; 0 where both are 0, ±∞ where only the standard error is.
  public let z: Double
  /// The two-sided p-value of "no difference", never NaN.
  ///
  /// It is 1 where both rank the cases alike. Where the difference is the same for every case (one separates
  /// perfectly, the other is constant) the standard error is 0 and the normal approximation would say p = 0 for three
  /// cases as for three thousand; there p is 2¹⁻ᵏ, the least a sign test on k pairs can say, k the smallest class.
  public let p: Double

  /// The 95 % interval of the difference, within [−1, 1]: Zou and Yue 2013.
  ///
  /// It joins the two AUCs' own intervals (`DeLong`) by their correlation, and so is longer towards chance where AUCs
  /// are high; 1.96 standard errors to either side miss the truth in up to 10 of 100 small samples there. It may
  /// disagree with `p` at the margin.
  public let interval: ClosedRange<Double>

  /// Compares two scores of the same cases.
  ///
  /// Nil with fewer than two cases of a class, a NaN among the scores, or counts that differ. O(n log n).
  public init?(_ scoresA: [Double], _ scoresB: [Double], labels: [Bool]) {
    guard let a = Placements(scores: scoresA, labels: labels),
      let b = Placements(scores: scoresB, labels: labels),
      let first = DeLong(a), let second = DeLong(b)
    else { return nil }
    // The variance of the differences is the two variances less twice the covariance, without its cancellation:
    // it is exactly 0 where both rank alike.
    let variance = a.variances(
      of: zip(a.positives, b.positives).map { $0 - $1 }, zip(a.negatives, b.negatives).map { $0 - $1 }
    ).sum
    self.init(
      first, second, difference: (a.concordant - b.concordant) / a.pairs, variance: variance,
      disjointPairs: a.disjointPairs)
  }

  /// Compares the mean one-vs-rest AUCs of two classifiers on the same cases: rows of k probabilities, labels 0 ..< k.
  ///
  /// For two classes it compares the second columns. Nil with fewer than two cases of a class, a value that is not
  /// finite, rows of different lengths or a label outside.
  public init?(_ probabilitiesA: [[Double]], _ probabilitiesB: [[Double]], labels: [Int]) {
    guard let classes = classCount(probabilitiesA, labels), classCount(probabilitiesB, labels) == classes
    else {
      return nil
    }
    if classes == 2 {
      self.init(probabilitiesA.map { $0[1] }, probabilitiesB.map { $0[1] }, labels: labels.map { $0 == 1 })
      return
    }
    guard let a = MacroPlacements(probabilities: probabilitiesA, labels: labels),
      let b = MacroPlacements(probabilities: probabilitiesB, labels: labels),
      let first = DeLong(a), let second = DeLong(b)
    else { return nil }
    let differences = zip(a.contributions, b.contributions).map { zip($0, $1).map { $0 - $1 } }
    self.init(
      first, second, difference: a.auc - b.auc, variance: MacroPlacements.variances(of: differences).sum,
      disjointPairs: a.smallestClass)
  }

  private init(_ a: DeLong, _ b: DeLong, difference: Double, variance: Double, disjointPairs: Int) {
    first = a.auc
    second = b.auc
    self.difference = difference
    standardError = variance.squareRoot()
    let scale = (a.variance * b.variance).squareRoot()
    correlation = scale > 0 ? max(-1, min(1, (a.variance + b.variance - variance) / (2 * scale))) : nil
    interval = PairedDeLong.interval(a, b, difference, correlation: correlation, isSame: variance == 0)
    if standardError > 0 {
      z = difference / standardError
      p = Normal.twoSided(z)
    } else if difference == 0 {
      z = 0
      p = 1
    } else {
      z = difference > 0 ? .infinity : -.infinity
      p = exp2(1 - Double(disjointPairs))
    }
  }

  /// Without a correlation the AUCs count as independent. Where both rank every case alike nothing is left to vary.
  private static func interval(
    _ a: DeLong, _ b: DeLong, _ difference: Double, correlation: Double?, isSame: Bool
  ) -> ClosedRange<Double> {
    if isSame, correlation != nil { return difference...difference }
    func reach(_ x: Double, _ y: Double) -> Double {
      max(0, x * x + y * y - 2 * (correlation ?? 0) * x * y).squareRoot()
    }
    let down = reach(a.auc - a.interval.lowerBound, b.interval.upperBound - b.auc)
    let up = reach(a.interval.upperBound - a.auc, b.auc - b.interval.lowerBound)
    return max(-1, difference - down)...min(1, difference + up)
  }
}
