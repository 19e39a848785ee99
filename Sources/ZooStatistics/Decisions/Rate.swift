/// A share of cases, with Wilson's interval.
public struct Rate: Hashable, Sendable {
  /// The cases that count.
  public let successes: Int
  /// All cases, at least one.
  public let cases: Int

  /// Nil without cases, and where more succeed than there are.
  public init?(_ successes: Int, of cases: Int) {
    guard cases > 0, (0...cases).contains(successes) else { return nil }
    self.successes = successes
    self.cases = cases
  }

  /// The share.
  public var value: Double { Double(successes) / Double(cases) }

  /// The 95 % score interval of Wilson 1927, without a correction for continuity: always within [0, 1], and open to
  /// one side where all cases succeed or none.
  public var interval: ClosedRange<Double> { Rate.wilson(value, cases: Double(cases)) }

  /// Wilson's interval of a share of cases, which need not be a whole number.
  static func wilson(
    _ share: Double, cases n: Double, z: Double = Normal.quantile975
  ) -> ClosedRange<Double> {
    let (centre, error) = wilsonTerms(share, cases: n, z: z)
    let reach = z * error
    // At the ends centre and reach are equal but for rounding.
    return (share == 0 ? 0 : max(0, centre - reach))...(share == 1 ? 1 : min(1, centre + reach))
  }

  /// The 95 % interval of the mean of independent rates: the mean of their Wilson intervals at the one quantile for which
  /// these add up to 1.96 standard errors of the mean (Yan and Su 2010). Nil without rates.
  ///
  /// The standard errors are those of the Wilson intervals themselves, so that a rate of 1 has one too. For equal rates of as
  /// many cases it is Wilson's interval of all cases together. Distances of the rates' own 95 % ends, squared and added
  /// (Newcombe 1998), lean too far towards ½ as there are more rates (docs/statistics.md).
  public static func intervalOfMean(_ rates: [Rate]) -> ClosedRange<Double>? {
    guard !rates.isEmpty else { return nil }
    let z = quantileOfMean { z in
      let errors = rates.map { wilsonTerms($0.value, cases: Double($0.cases), z: z).error }
      return (errors.reduce(0) { $0 + $1 * $1 }.squareRoot(), errors.reduce(0, +))
    }
    let intervals = rates.map { wilson($0.value, cases: Double($0.cases), z: z) }
    let count = Double(rates.count)
    // Rounding must not push an end past the mean.
    let mean = rates.reduce(0) { $0 + $1.value } / count
    let lower = intervals.reduce(0) { $0 + $1.lowerBound } / count
    let upper = intervals.reduce(0) { $0 + $1.upperBound } / count
    return min(mean, lower)...max(mean, upper)
  }

  /// The quantile at which intervals add up to 1.96 standard errors of their mean, from the error of the sum and the sum of
  /// the errors at a quantile.
  static func quantileOfMean(
    _ errors: (_ z: Double) -> (ofSum: Double, sum: Double)
  ) -> Double {
    var z = Normal.quantile975
    // The step shrinks by far more than half each time.
    for _ in 0..<60 {
      let errors = errors(z)
      z = Normal.quantile975 * errors.ofSum / errors.sum
    }
    return z
  }

  /// The centre and the standard error of Wilson's interval of a share at a quantile.
  static func wilsonTerms(
    _ share: Double, cases n: Double, z: Double
  ) -> (centre: Double, error: Double) {
    (
      (share * n + z * z / 2) / (n + z * z),
      (share * (1 - share) * n + z * z / 4).squareRoot() / (n + z * z)
    )
  }
}
