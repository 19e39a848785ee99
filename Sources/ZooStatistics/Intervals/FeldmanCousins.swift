/// Which values a normal quantity whose mean cannot be below a bound is tested by (Feldman and Cousins 1998).
///
/// Where the mean is at the bound no value can be too low for it, and the 5 % are all above; far from it they are halved.
public enum FeldmanCousins {
  /// The lowest and the highest value, in standard deviations from a mean so many of them above the bound, that 95 % of values
  /// are within: those of the greatest likelihood, compared with that of the mean, none below the bound, which a value
  /// fits best.
  public static func region(above bound: Double) -> (lower: Double, upper: Double) {
    if bound <= 0 { return (-.infinity, Normal.quantile(0.95)) }
    if bound >= Normal.quantile975 { return (-Normal.quantile975, Normal.quantile975) }
    // The value whose likelihood ratio is that of `upper`: z²/2 in logarithms down to the bound, and below it a line.
    func lower(_ upper: Double) -> Double {
      upper <= bound ? -upper : -(upper * upper + bound * bound) / (2 * bound)
    }
    var (low, high) = (Normal.quantile(0.95), Normal.quantile975)
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { return (lower(middle), middle) }
      if Normal.cdf(middle) - Normal.cdf(lower(middle)) < 0.95 { low = middle } else { high = middle }
    }
  }
}
