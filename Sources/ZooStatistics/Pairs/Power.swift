#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// How large a difference of two AUCs must be for so many cases to show it.
///
/// Both scores are taken as normal in each class, with the same spread in both (the binormal model), and tested by
/// DeLong's paired test, two-sided, at a level of 5 % unless it is said otherwise. The AUCs' variances are Hanley and
/// McNeil's of 1982, with the binormal model's chances in place of the exponential's; their covariance follows in the
/// same way.
public struct Power: Hashable, Sendable {
  /// Cases of the positive class.
  public let positives: Int
  /// Cases of the negative class.
  public let negatives: Int
  /// The AUC of the one that is to be surpassed.
  public let auc: Double
  /// How the two scores go together among cases of the same class, −1 … 1.
  public let correlation: Double
  /// The share of tests that find a difference where there is none.
  public let level: Double

  /// Nil without cases of a class, and for an AUC or a level outside (0, 1), or a correlation outside [−1, 1].
  public init?(positives: Int, negatives: Int, auc: Double, correlation: Double, level: Double = 0.05) {
    guard positives > 0, negatives > 0, auc > 0, auc < 1, (-1...1).contains(correlation), level > 0, level < 1
    else { return nil }
    self.positives = positives
    self.negatives = negatives
    self.auc = auc
    self.correlation = correlation
    self.level = level
  }

  /// How two scores of the same cases go together among cases of the same class.
  ///
  /// The correlation is that of the normal scores of the ranks (van der Waerden 1952), the mean of both classes', so
  /// that only the order of the scores counts. Nil where it is undefined.
  public static func correlation(_ scores: [Double], _ others: [Double], labels: [Bool]) -> Double? {
    guard scores.count == labels.count, others.count == labels.count,
      !(scores + others).contains(where: \.isNaN)
    else { return nil }
    let correlations = [true, false].compactMap { label in
      let own = labels.indices.filter { labels[$0] == label }
      return normalScoreCorrelation(own.map { scores[$0] }, own.map { others[$0] })
    }
    return correlations.count == 2 ? correlations.reduce(0, +) / 2 : nil
  }

  /// The chance that the test finds another to be better whose AUC is higher by this difference, above 0.
  ///
  /// Nil where that would be an AUC of 1 or more, or the difference is not above 0.
  public func power(ofDifference difference: Double) -> Double? {
    guard difference > 0, auc + difference < 1 else { return nil }
    return Normal.cdf(excess(difference))
  }

  /// The smallest difference that the test finds with this power; nil where no AUC below 1 is enough.
  public func detectableDifference(power: Double = 0.8) -> Double? {
    guard power > level / 2, power < 1 else { return nil }
    let target = Normal.quantile(power)
    // The first of many steps that suffices: towards an AUC of 1 the power may fall again.
    let steps = 200
    let width = (1 - auc) / Double(steps)
    guard let first = (1..<steps).first(where: { excess(Double($0) * width) >= target }) else { return nil }
    var (low, high) = (Double(first - 1) * width, Double(first) * width)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if excess(middle) >= target { high = middle } else { low = middle }
    }
    return high
  }

  /// How many standard errors the difference exceeds what is significant.
  private func excess(_ difference: Double) -> Double {
    let limit = Normal.quantile(1 - level / 2)
    let (low, high) = (Normal.quantile(auc), Normal.quantile(auc + difference))
    let variance =
      covariance(low, low, 1) + covariance(high, high, 1) - 2 * covariance(low, high, correlation)
    return variance > 0 ? difference / variance.squareRoot() - limit : .infinity
  }

  /// The covariance of two AUCs, given as normal quantiles, whose scores have a correlation.
  ///
  /// Two pairs of a positive and a negative go together by the correlation where they are of the same two cases, by half
  /// of it where they share one, and else not at all.
  private func covariance(_ x: Double, _ y: Double, _ correlation: Double) -> Double {
    let (m, n) = (Double(positives), Double(negatives))
    return (jointExcess(x, y, correlation) + (m + n - 2) * jointExcess(x, y, correlation / 2)) / (m * n)
  }
}

/// How much likelier two standard normal variables with a correlation are both below x and y than without it.
///
/// Plackett's integral of 1954 over the arc sine of the correlation, by Simpson's rule.
private func jointExcess(_ x: Double, _ y: Double, _ correlation: Double) -> Double {
  let end = asin(correlation)
  let steps = 400
  func density(_ angle: Double) -> Double {
    let sine = sin(angle)
    guard sine > -1 else { return 0 }
    let squaredCosine = 1 - sine * sine
    // Where x = y the limit is taken, as the cosine may be 0.
    let spread = x == y ? x * x / (1 + sine) : (x * x + y * y - 2 * x * y * sine) / (2 * squaredCosine)
    return exp(-spread)
  }
  let sum = (0...steps).reduce(0.0) { sum, step in
    let weight = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
    return sum + weight * density(end * Double(step) / Double(steps))
  }
  return sum * end / Double(3 * steps) / (2 * Double.pi)
}

/// The correlation of the normal scores of two values' ranks; nil where one of them does not vary.
private func normalScoreCorrelation(_ a: [Double], _ b: [Double]) -> Double? {
  func scores(_ values: [Double]) -> [Double] {
    midranks(values).map { Normal.quantile($0 / Double(values.count + 1)) }
  }
  let (x, y) = (scores(a), scores(b))
  let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
  let product = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
  guard a.count > 1, sampleVariance(x) > 0, sampleVariance(y) > 0 else { return nil }
  let scale = Double(x.count - 1) * (sampleVariance(x) * sampleVariance(y)).squareRoot()
  return max(-1, min(1, product / scale))
}
