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
  public var interval: ClosedRange<Double> {
    let n = Double(cases)
    let z = Normal.quantile975
    let centre = (Double(successes) + z * z / 2) / (n + z * z)
    let reach = z / (n + z * z) * (value * (1 - value) * n + z * z / 4).squareRoot()
    // At the ends centre and reach are equal but for rounding.
    let lower = successes == 0 ? 0 : max(0, centre - reach)
    let upper = successes == cases ? 1 : min(1, centre + reach)
    return lower...upper
  }
}
