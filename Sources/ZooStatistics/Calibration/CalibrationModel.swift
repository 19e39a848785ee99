#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Classifiers of one reliability curve's probabilities, from a calibrated one (excess 0) on to what its rates show and
/// beyond.
struct CalibrationModel {
  let bins: [ReliabilityCurve.Bin]

  /// The side on which an observed error is too far from what a classifier shows.
  enum Side {
    case above, below
  }

  /// The true error of the classifier for which the observed one stands at the end of what 95 % show; 0 where it is within
  /// even for the calibrated one, and the largest there is where it is beyond for all.
  ///
  /// None is better calibrated than the calibrated one, so that its 5 % are all above (`FeldmanCousins`). Errors are skewed
  /// to the right, so that an upper end is farther from their mean than a normal one's (Cornish and Fisher 1938); a lower one
  /// is nearer, which is not used, as the way the bins show is known no better than they are.
  func error(observed: Double, at side: Side) -> Double {
    let least = observable(0).mean
    // Whether the classifier shows less than the one that is sought.
    func isShort(_ excess: Double) -> Bool {
      let (mean, variance, third) = observable(excess)
      let deviation = max(variance, 1e-24).squareRoot()
      let skewness = third / (deviation * deviation * deviation)
      let region = FeldmanCousins.region(above: (mean - least) / deviation)
      let distance = (observed - mean) / deviation
      switch side {
      case .above:
        return distance > region.upper + max(0, (region.upper * region.upper - 1) * skewness / 6)
      case .below: return distance > region.lower
      }
    }
    guard isShort(0) else { return 0 }
    var (low, high) = (0.0, 1.0)
    while isShort(high) {
      // Rates end at 0 and 1: from somewhere on nothing changes.
      guard high < 1e6 else { return trueError(high) }
      (low, high) = (high, 2 * high)
    }
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { return trueError(middle) }
      if isShort(middle) { low = middle } else { high = middle }
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

  /// Mean, variance and third moment about the mean of the error that samples of as many cases show; in which bin a case
  /// falls, and whether it comes true, is chance.
  private func observable(_ excess: Double) -> (mean: Double, variance: Double, third: Double) {
    var (mean, variance, third) = (0.0, 0.0, 0.0)
    // What bins have in common, each with the sign that it most often has.
    var (signed, own) = (0.0, 0.0)
    for bin in bins {
      let (share, rate, p) = (Double(bin.rate.cases) / cases, rate(bin, excess), bin.probability)
      // What comes true adds p − 1 to the distance of its bin, what does not p.
      let distance = share * (p - rate)
      let added = share * (rate * (1 - p) * (1 - p) + (1 - rate) * p * p)
      let spread = (max(0, added - distance * distance) / cases).squareRoot()
      let sign = spread > 0 ? 2 * Normal.cdf(distance / spread) - 1 : distance > 0 ? 1 : -1
      // A folded normal's mean (Leone, Nelson and Nottingham 1961).
      let z = spread > 0 ? distance / spread : 0
      let density = (2 / Double.pi).squareRoot() * exp(-z * z / 2)
      let folded = spread * density + distance * sign
      let square = distance * distance + spread * spread
      let cube =
        (distance * distance + 3 * spread * spread) * distance * sign
        + (distance * distance + 2 * spread * spread) * spread * density
      mean += folded
      variance += square - folded * folded
      third += cube - 3 * folded * square + 2 * folded * folded * folded
      signed += sign * distance
      own += sign * sign * distance * distance
    }
    return (mean, variance - (signed * signed - own) / cases, third)
  }
}
