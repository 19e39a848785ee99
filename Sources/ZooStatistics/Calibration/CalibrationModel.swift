#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Classifiers of one reliability curve's probabilities, from a calibrated one (excess 0) on to what its rates show and
/// beyond.
struct CalibrationModel {
  let bins: [ReliabilityCurve.Bin]
  let sampling: ReliabilityCurve.Sampling

  /// The true error of the classifier for which the observed one stands so many standard deviations above its mean; 0 where
  /// it stands lower even for the calibrated one, and the largest there is where it stands higher for all.
  func error(standingAt z: Double, for observed: Double) -> Double {
    func stands(_ excess: Double) -> Double {
      let (mean, variance) = observable(excess)
      return (observed - mean) / max(variance, 1e-24).squareRoot()
    }
    guard stands(0) > z else { return 0 }
    var (low, high) = (0.0, 1.0)
    while stands(high) > z {
      // Rates end at 0 and 1: from somewhere on nothing changes.
      guard high < 1e6 else { return trueError(high) }
      (low, high) = (high, 2 * high)
    }
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { return trueError(middle) }
      if stands(middle) > z { low = middle } else { high = middle }
    }
  }

  private var cases: Double { Double(bins.reduce(0) { $0 + $1.rate.cases }) }

  /// How often a bin comes true: what was said, and an excess of the difference to its rate with one case more, which came
  /// true as often as was said.
  private func rate(_ bin: ReliabilityCurve.Bin, _ excess: Double) -> Double {
    let count = Double(bin.rate.cases)
    let tilt = (Double(bin.rate.successes) - count * bin.probability) / (count + 1)
    return min(max(bin.probability + excess * tilt, 0), 1)
  }

  private func trueError(_ excess: Double) -> Double {
    bins.reduce(0) { $0 + Double($1.rate.cases) * abs($1.probability - rate($1, excess)) } / cases
  }

  /// Mean and variance of the error that samples of this classifier show.
  private func observable(_ excess: Double) -> (mean: Double, variance: Double) {
    let strata = strata(excess)
    var (mean, variance) = (0.0, 0.0)
    // What bins have in common, each with the sign that it most often has.
    var (signed, own) = (
      [Double](repeating: 0, count: strata.count), [Double](repeating: 0, count: strata.count)
    )
    for (index, bin) in bins.enumerated() {
      let distance = Double(bin.rate.cases) * (bin.probability - rate(bin, excess)) / cases
      let spread = strata.reduce(0) { $0 + $1.variance(of: index) }.squareRoot() / cases
      let sign = spread > 0 ? 2 * Normal.cdf(distance / spread) - 1 : distance > 0 ? 1 : -1
      // A folded normal's mean (Leone, Nelson and Nottingham 1961).
      let z = spread > 0 ? distance / spread : 0
      let folded = spread * (2 / Double.pi).squareRoot() * exp(-z * z / 2) + distance * sign
      mean += folded
      variance += distance * distance + spread * spread - folded * folded
      for (place, stratum) in strata.enumerated() {
        signed[place] += sign * stratum.means[index]
        own[place] += sign * sign * stratum.means[index] * stratum.means[index]
      }
    }
    for (place, stratum) in strata.enumerated() {
      variance -= stratum.count * (signed[place] * signed[place] - own[place]) / (cases * cases)
    }
    return (mean, variance)
  }

  /// Cases that are drawn together, and what one of them adds to the distance of each bin.
  private struct Stratum {
    let count: Double
    let means: [Double]
    let squares: [Double]

    func variance(of bin: Int) -> Double { max(0, count * (squares[bin] - means[bin] * means[bin])) }
  }

  private func strata(_ excess: Double) -> [Stratum] {
    // What comes true adds p − 1 to the distance of its bin, what does not p.
    let hits = bins.map { Double($0.rate.cases) * rate($0, excess) }
    let misses = zip(bins, hits).map { Double($0.rate.cases) - $1 }
    func stratum(_ count: Double, _ hits: [Double], _ misses: [Double]) -> Stratum {
      let all = hits.reduce(0, +) + misses.reduce(0, +)
      func mean(_ power: (Double) -> Double) -> [Double] {
        bins.indices.map { index in
          let p = bins[index].probability
          return all > 0 ? (hits[index] * power(p - 1) + misses[index] * power(p)) / all : 0
        }
      }
      return Stratum(count: count, means: mean { $0 }, squares: mean { $0 * $0 })
    }
    let none = [Double](repeating: 0, count: bins.count)
    let outcomes = Double(bins.reduce(0) { $0 + $1.rate.successes })
    switch sampling {
    case .fixedOutcomes: return [stratum(outcomes, hits, none), stratum(cases - outcomes, none, misses)]
    case .free: return [stratum(cases, hits, misses)]
    }
  }
}
