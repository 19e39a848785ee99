#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The share of a class's cases above a threshold, by the rank of the threshold among the other class's cases.
struct RatesByRank {
  /// Scores, rising.
  private let own: [Double]
  private let others: [Double]
  /// At the ranks 0 … n + 1 of n other cases. What lies beyond the first and the last of them is not known: a quarter of the
  /// own cases there. Of what was simulated with normal classes, none, a quarter, half and all of them, that was nearest to
  /// 95 %.
  private let nodes: [Double]

  /// Takes scores that are high where a case is of the own class; nil with fewer than two cases of a class.
  init?(scores: [Double], isOwn: [Bool]) {
    func sorted(_ wanted: Bool) -> [Double] {
      zip(scores, isOwn).filter { $0.1 == wanted }.map(\.0).sorted()
    }
    let (own, others) = (sorted(true), sorted(false))
    guard own.count >= 2, others.count >= 2 else { return nil }
    let inner = others.map { RatesByRank.share(of: own, above: $0) }
    nodes = [inner[0] + (1 - inner[0]) / 4] + inner + [0.75 * inner[inner.count - 1]]
    (self.own, self.others) = (own, others)
  }

  /// The 95 % interval at a share of the other class: that of `OperatingRate`. O(n + 400).
  func interval(at share: Double) -> ClosedRange<Double> {
    let (mean, spread) = moments(at: share)
    let doubt = StudentT.quantile975(degrees: others.count - 1) / Normal.quantile975
    let n = Double(own.count)
    let binomial = mean * (1 - mean)
    let variance = binomial / n + spread * doubt * doubt
    return Rate.wilson(rate(at: share), cases: variance > 0 ? min(n, binomial / variance) : n)
  }

  /// The share above Hazen's quantile of the others, half-way between ranks.
  private func rate(at share: Double) -> Double {
    let place = max(0, share * Double(others.count) - 0.5)
    return RatesByRank.share(of: own, above: value(at: place, in: others))
  }

  /// Mean and variance of the share at thresholds that as many other cases would have given.
  ///
  /// The rank of a quantile is a beta variable (David and Nagaraja 2003), here in 400 steps over eight standard deviations to
  /// either side; between ranks the share runs straight. From the variance is taken what so few own cases add to it, 1 / n
  /// of half their mean difference (Gini 1912).
  private func moments(at share: Double) -> (mean: Double, variance: Double) {
    let count = Double(others.count)
    let (first, second) = (share * count + 0.5, (1 - share) * count + 0.5)
    let centre = first / (first + second)
    let reach = 8 * (centre * (1 - centre) / (first + second + 1)).squareRoot()
    let (low, high) = (max(0, centre - reach), min(1, centre + reach))
    let steps = (0..<400).map { low + (high - low) * (Double($0) + 0.5) / 400 }
    // Against that at the centre, so that no power underflows.
    let weights = steps.map {
      exp((first - 1) * log($0 / centre) + (second - 1) * log((1 - $0) / (1 - centre)))
    }
    let rates = steps.map { value(at: $0 * (count + 1), in: nodes) }
    var (weight, sum, square, difference) = (0.0, 0.0, 0.0, 0.0)
    for (part, rate) in zip(weights, rates) {
      // Rates only fall.
      difference += part * (sum - weight * rate)
      weight += part
      sum += part * rate
    }
    let mean = sum / weight
    for (part, rate) in zip(weights, rates) { square += part * (rate - mean) * (rate - mean) }
    let n = Double(own.count)
    let variance = square / weight - difference / (weight * weight) / n
    return (mean, max(0, variance / (1 - 1 / n)))
  }

  private static func share(of sorted: [Double], above threshold: Double) -> Double {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= threshold { low = middle + 1 } else { high = middle }
    }
    return Double(sorted.count - low) / Double(sorted.count)
  }
}
