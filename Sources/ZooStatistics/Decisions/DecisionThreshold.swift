#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The threshold on a score that gives a stated sensitivity, and how well the data know it.
public struct DecisionThreshold: Hashable, Sendable {
  /// The sensitivity that was asked for.
  public let sensitivity: Double
  /// The highest threshold that gives it on these cases, calling a case positive from there on.
  public let threshold: Double
  /// The 95 % interval of the threshold that gives it on all cases there could be.
  ///
  /// Two ranks among the positive cases' scores, from the binomial distribution (Conover 1999, section 3.2), whatever
  /// distribution the scores have. The lower end is −∞, or the upper ∞, where there are too few positive cases to
  /// know one: a sensitivity of 0.95 takes 72. At the lower end the sensitivity is reached with 97.5 % certainty.
  public let interval: ClosedRange<Double>
  /// What it comes to on these cases. Its sensitivity is that of the cases that set it, and so a little flattered.
  public let counts: DecisionCounts

  /// Nil for a sensitivity outside (0, 1), and where `ROCCurve` is.
  public init?(sensitivity: Double, scores: [Double], labels: [Bool]) {
    guard sensitivity > 0, sensitivity < 1, let curve = ROCCurve(scores: scores, labels: labels),
      let point = curve.points.first(where: { $0.sensitivity >= sensitivity })
    else { return nil }
    self.sensitivity = sensitivity
    threshold = point.threshold
    counts = point.counts
    let positives = zip(scores, labels).filter(\.1).map(\.0).sorted()
    // Of m positives so many lie below the true threshold: binomial, with the chance to be missed.
    let cumulative = binomialCumulative(cases: positives.count, chance: 1 - sensitivity)
    // The rank r, from 1, is above the true threshold with the chance of at most r − 1 below it.
    let lower = cumulative.lastIndex { $0 <= 0.025 }.map { positives[$0] } ?? -.infinity
    let upper = cumulative.firstIndex { $0 >= 0.975 } ?? positives.count
    interval = lower...(upper < positives.count ? positives[upper] : .infinity)
  }
}

/// The chance of at most 0, 1, … n successes in n trials.
private func binomialCumulative(cases: Int, chance: Double) -> [Double] {
  let n = Double(cases)
  var sum = 0.0
  return (0...cases).map { successes in
    let k = Double(successes)
    let ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    sum += exp(ways + k * log(chance) + (n - k) * log1p(-chance))
    return sum
  }
}
