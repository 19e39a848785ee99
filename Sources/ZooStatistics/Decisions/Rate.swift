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
  static func wilson(_ share: Double, cases n: Double) -> ClosedRange<Double> {
    let z = Normal.quantile975
    let centre = (share * n + z * z / 2) / (n + z * z)
    let reach = z / (n + z * z) * (share * (1 - share) * n + z * z / 4).squareRoot()
    // At the ends centre and reach are equal but for rounding.
    return (share == 0 ? 0 : max(0, centre - reach))...(share == 1 ? 1 : min(1, centre + reach))
  }

  /// The 95 % interval of the mean of independent rates: the distances of their own intervals' ends from the rates,
  /// squared and added (Newcombe 1998). Nil without rates.
  public static func intervalOfMean(_ rates: [Rate]) -> ClosedRange<Double>? {
    guard !rates.isEmpty else { return nil }
    func norm(_ distances: [Double]) -> Double { distances.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let count = Double(rates.count)
    let mean = rates.reduce(0) { $0 + $1.value } / count
    let down = norm(rates.map { $0.value - $0.interval.lowerBound }) / count
    let up = norm(rates.map { $0.interval.upperBound - $0.value }) / count
    return max(0, mean - down)...min(1, mean + up)
  }
}
