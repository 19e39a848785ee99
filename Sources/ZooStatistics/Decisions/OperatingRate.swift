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
  /// Wilson's, for as many cases as the share's bootstrapped variance is worth, less what few cases of the other class know of
  /// it, as for shares of clustered cases (Korn and Graubard 1998; with a bootstrap Zhou and Qin 2005). Its middle is the share at the quantile of the other class that
  /// Hazen 1914 described, half-way between ranks: a threshold that exists calls a little more or less than the stated share
  /// right, and with few cases BCa around it holds the truth in 88 of 100 data sets (docs/statistics.md).
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

  /// The intervals at several shares of the other class, of scores that are high where a case is of the own class.
  ///
  /// Nil with fewer than two cases of a class.
  static func intervals(
    at shares: [Double], own scores: [Double], labels: [Bool], replicates: Int, seed: UInt64, threads: Int
  ) -> [ClosedRange<Double>]? {
    let strata = Strata(labels: labels.map { $0 ? 1 : 0 })
    guard strata.places.count == 2, strata.smallest >= 2 else { return nil }
    let ranked = strata.places.map { places in places.sorted { scores[$0] < scores[$1] } }
    let sorted = ranked.map { $0.map { scores[$0] } }
    // A replicate is how often it has each case, so that it needs no sorting.
    @Sendable func rates(_ cases: [Int]) -> [Double] {
      var drawn = [Int](repeating: 0, count: scores.count)
      for one in cases { drawn[one] += 1 }
      let (others, own) = (ranked[0].map { drawn[$0] }, ranked[1].map { drawn[$0] })
      return shares.map { share in
        let place = max(0, share * Double(sorted[0].count) - 0.5)
        let threshold = drawnValue(at: place, of: sorted[0], drawn: others)
        let missed = own.prefix(index(after: threshold, in: sorted[1])).reduce(0, +)
        return Double(sorted[1].count - missed) / Double(sorted[1].count)
      }
    }
    let middles = rates(Array(labels.indices))
    let drawn = concurrentMap(replicates, threads: threads) {
      rates(strata.draw(seed: seed, replicate: $0))
    }
    return middles.enumerated().map { index, middle in
      interval(
        rate: middle, variance: sampleVariance(drawn.map { $0[index] }), cases: strata.places[1].count,
        degrees: strata.places[0].count - 1)
    }
  }

  /// Wilson's interval of a rate for as many cases as its variance is worth, and no more than there are. A variance that is
  /// itself known with few degrees of freedom is worth fewer: by the square of the normal's quantile over Student's.
  public static func interval(rate: Double, variance: Double, cases: Int, degrees: Int) -> ClosedRange<Double>
  {
    let binomial = rate * (1 - rate)
    let doubt = Normal.quantile975 / StudentT.quantile975(degrees: degrees)
    let worth = binomial > 0 && variance > 0 ? binomial / variance * doubt * doubt : Double(cases)
    return Rate.wilson(rate, cases: min(Double(cases), worth))
  }
}

/// `value(at:in:)` of sorted values that were drawn so often each.
private func drawnValue(at place: Double, of sorted: [Double], drawn: [Int]) -> Double {
  var (index, passed) = (0, 0)
  let whole = min(Int(place), sorted.count - 1)
  while passed + drawn[index] <= whole {
    passed += drawn[index]
    index += 1
  }
  let low = sorted[index]
  guard whole + 1 < sorted.count, passed + drawn[index] == whole + 1 else { return low }
  let next = drawn[(index + 1)...].firstIndex { $0 > 0 } ?? index
  return low + (place - Double(whole)) * (sorted[next] - low)
}

/// How many of sorted values are no more than a threshold.
private func index(after threshold: Double, in sorted: [Double]) -> Int {
  var (low, high) = (0, sorted.count)
  while low < high {
    let middle = (low + high) / 2
    if sorted[middle] <= threshold { low = middle + 1 } else { high = middle }
  }
  return low
}
