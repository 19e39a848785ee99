/// One figure of a classifier over cases, with its 95 % interval.
public struct Figure: Hashable, Sendable {
  /// Where an interval comes from.
  public enum Method: String, Hashable, Sendable {
    /// DeLong's variance on the logit scale.
    case delong
    /// Wilson's interval of a rate, or of what rises with it (`F1`).
    case wilson
    /// Wilson's interval for as many cases as the variance is worth (`OperatingRate`).
    case operatingRate = "operating_rate"
    /// The stratified Wilson interval of a mean of rates (`Rate.intervalOfMean`, `F1`).
    case stratifiedWilson = "stratified_wilson"
    /// The jackknife's variance on the logit scale.
    case jackknife
    /// The jackknife's variance on the probit scale.
    case probitJackknife = "probit_jackknife"
    /// The bootstrap with BCa ends; open where the cases of each class are all called alike (`MatthewsCorrelation`).
    case bootstrap
    /// The bootstrap-t of a mean.
    case bootstrapT = "bootstrap_t"
    /// The inversion of a test (`ReliabilityCurve.errorInterval`).
    case inversion
  }

  /// What it is called, in snake_case.
  public let name: String
  /// The figure, over the cases as they are.
  public let value: Double
  /// The interval of the figure over all cases there could be; nil where too few cases have none.
  public let interval: ClosedRange<Double>?
  /// What the interval was made by.
  public let method: Method
}
