extension OperatingRate {
  /// The intervals at several shares of the other class, of scores that are high where a case is of the own class.
  ///
  /// Nil with fewer than two cases of a class. O(cases × shares) a replicate.
  static func intervals(
    at shares: [Double], own scores: [Double], labels: [Bool], replicates: Int, seed: UInt64, threads: Int
  ) -> [ClosedRange<Double>]? {
    func sorted(_ isOwn: Bool) -> [Double] {
      zip(scores, labels).filter { $0.1 == isOwn }.map(\.0).sorted()
    }
    let (others, own) = (sorted(false), sorted(true))
    guard others.count >= 2, own.count >= 2 else { return nil }
    // A replicate is how often it has each of the other cases, so that it needs no sorting.
    @Sendable func rates(_ drawn: [Int]) -> [Double] {
      shares.map { share in
        let threshold = value(at: max(0, share * Double(others.count) - 0.5), of: others, drawn: drawn)
        return Double(own.count - index(after: threshold, in: own)) / Double(own.count)
      }
    }
    let strata = Strata(labels: others.map { _ in 0 })
    let drawn = concurrentMap(replicates, threads: threads) { replicate in
      var drawn = [Int](repeating: 0, count: others.count)
      for place in strata.draw(seed: seed, replicate: replicate) { drawn[place] += 1 }
      return rates(drawn)
    }
    return rates(others.map { _ in 1 }).enumerated().map { index, rate in
      interval(
        rate: rate, replicates: drawn.map { $0[index] }, cases: own.count, degrees: others.count - 1)
    }
  }

  /// Wilson's interval of a rate of so many cases, for as many as its variance is worth, no more than there are.
  ///
  /// To the variance at a known threshold comes that of the replicates, the rate at thresholds from other cases, less what the own
  /// cases' chance adds to it: 1 / n of half their mean difference (Gini 1912). As it is known with few degrees of freedom,
  /// it counts more, by the square of Student's quantile over the normal's. The middle is a quarter of the way from the
  /// rate to the replicates' mean. Of other ways that were simulated, for two normal classes at the shares 0.8 and 0.9, this
  /// was nearest to 95 % (docs/statistics.md): the rate itself is too sure near 1, the mean leans to the other side.
  public static func interval(
    rate: Double, replicates: [Double], cases: Int, degrees: Int
  ) -> ClosedRange<Double> {
    let (n, count) = (Double(cases), Double(replicates.count))
    let middle = rate + (replicates.reduce(0, +) / count - rate) / 4
    let halfDifference = replicates.sorted().enumerated().reduce(0) {
      $0 + Double(2 * $1.offset + 1 - replicates.count) * $1.element
    }
    let own = halfDifference / (count * (count - 1)) / n
    let spread = max(0, (sampleVariance(replicates) - own) / (1 - 1 / n))
    let doubt = StudentT.quantile975(degrees: degrees) / Normal.quantile975
    let binomial = middle * (1 - middle)
    let variance = binomial / n + spread * doubt * doubt
    return Rate.wilson(middle, cases: variance > 0 ? min(n, binomial / variance) : n)
  }
}

/// `value(at:in:)` of sorted values that were drawn so often each.
private func value(at place: Double, of sorted: [Double], drawn: [Int]) -> Double {
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
