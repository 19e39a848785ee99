#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The 95 % interval of a share between 0 and 1, symmetric on the logit scale.
///
/// At 1 and 0 the variance is 0 and the logit infinite; there the open end is Clopper and Pearson's for k of k successes,
/// k the number of pairs of cases of two classes that share no case. A variance that is known with some degrees of freedom
/// takes Student's quantile, any other the normal's.
func logitInterval(
  of share: Double, variance: Double, degrees: Int? = nil, disjointPairs: Int
) -> ClosedRange<Double> {
  let open = pow(0.025, 1 / Double(disjointPairs))
  if share >= 1 { return open...1 }
  if share <= 0 { return 0...(1 - open) }
  let centre = log(share / (1 - share))
  let quantile = degrees.map { StudentT.quantile975(degrees: $0) } ?? Normal.quantile975
  let reach = quantile * variance.squareRoot() / (share * (1 - share))
  // Rounding must not push an end past the estimate where the variance is 0.
  return min(share, logistic(centre - reach))...max(share, logistic(centre + reach))
}

/// 1 / (1 + e⁻ˣ), without overflow at either end.
func logistic(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let e = exp(x)
  return e / (1 + e)
}
