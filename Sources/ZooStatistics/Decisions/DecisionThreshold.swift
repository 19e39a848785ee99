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
  /// Between two ranks each among the positive cases' scores, on straight lines whose weights Nyblom 1992 derived: the
  /// ranks alone, whose chances come from the binomial distribution whatever distribution the scores have, can
  /// only be right too often. The lower end is −∞, or the upper ∞, where there are too few positive cases to
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
    let lower = end(of: positives, share: 1 - sensitivity, certainty: 0.025)
    interval = lower...max(lower, end(of: positives, share: 1 - sensitivity, certainty: 0.975))
  }
}

/// What is above the value that a share of all there could be lie below with the stated chance, from sorted values.
///
/// ∓∞ where not even the smallest or the largest value is.
private func end(of sorted: [Double], share: Double, certainty: Double) -> Double {
  // The rank r, from 1, is above that value with the chance of at most r − 1 cases below it: chances[r − 1].
  let chances = binomialCumulative(cases: sorted.count, chance: share)
  guard let below = chances.lastIndex(where: { $0 <= certainty }) else { return -.infinity }
  guard below < sorted.count else { return .infinity }
  let (short, beyond) = (certainty - chances[below], chances[below + 1] - certainty)
  guard short > 0 else { return sorted[below] }
  guard below + 1 < sorted.count else { return .infinity }
  let rank = Double(below + 1)
  let odds = rank * (1 - share) * beyond / ((Double(sorted.count) - rank) * share * short)
  return sorted[below] + (sorted[below + 1] - sorted[below]) / (1 + odds)
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
