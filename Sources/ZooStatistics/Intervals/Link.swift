#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A scale without ends for shares between 0 and 1, on which their intervals are symmetric (the links of generalised
/// linear models, McCullagh and Nelder 1989).
public enum Link: Hashable, Sendable {
  /// log(p / (1 − p)).
  case logit
  /// The quantile of the normal distribution: where both classes' scores are normal, sensitivity against false alarms is a
  /// straight line if both are put on this scale.
  case probit

  private func value(_ share: Double) -> Double {
    switch self {
    case .logit: log(share / (1 - share))
    case .probit: Normal.quantile(share)
    }
  }

  private func share(_ value: Double) -> Double {
    switch self {
    case .logit: logistic(value)
    case .probit: Normal.cdf(value)
    }
  }

  /// What the share rises by for one step of the scale.
  private func slope(at share: Double) -> Double {
    switch self {
    case .logit: share * (1 - share)
    case .probit: Normal.density(Normal.quantile(share))
    }
  }

  /// The 95 % interval of a share, symmetric on this scale.
  ///
  /// At 1 and 0 the variance is 0 and the scale infinite; there the open end is Clopper and Pearson's for k of k successes,
  /// k the number of pairs of cases of two classes that share no case. A variance that is known with some degrees of freedom
  /// takes Student's quantile, any other the normal's.
  func interval(
    of share: Double, variance: Double, degrees: Int? = nil, disjointPairs: Int
  ) -> ClosedRange<Double> {
    let open = pow(0.025, 1 / Double(disjointPairs))
    if share >= 1 { return open...1 }
    if share <= 0 { return 0...(1 - open) }
    let centre = value(share)
    let quantile = degrees.map { StudentT.quantile975(degrees: $0) } ?? Normal.quantile975
    let reach = quantile * variance.squareRoot() / slope(at: share)
    // Rounding must not push an end past the estimate where the variance is 0.
    return min(share, self.share(centre - reach))...max(share, self.share(centre + reach))
  }
}

/// 1 / (1 + e⁻ˣ), without overflow at either end.
func logistic(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let e = exp(x)
  return e / (1 + e)
}
