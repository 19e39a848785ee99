/// One figure of a classifier over cases, with its 95 % interval.
public struct Figure: Hashable, Sendable {
  /// Where an interval comes from.
  public enum Method: String, Hashable, Sendable {
    /// DeLong's variance on the logit scale.
    case delong
    /// Wilson's interval of a rate.
    case wilson
    /// The stratified bootstrap with BCa ends.
    case bootstrap
  }

  /// What it is called, in snake_case.
  public let name: String
  /// The figure.
  public let value: Double
  /// Its interval; nil where too few cases have none.
  public let interval: ClosedRange<Double>?
  /// What the interval was made by.
  public let method: Method
}
