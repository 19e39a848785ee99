/// The bias-corrected and accelerated interval of Efron 1987 (Efron and Tibshirani 1993, chapter 14), for several
/// strata as in Davison and Hinkley 1997, section 5.3.
public enum BCa {
  /// The 95 % interval of an estimate from its bootstrap replicates and, for each stratum, the figures that leave out
  /// one case each. Nil without replicates.
  public static func interval(
    estimate: Double, replicates: [Double], leftOut: [[Double]]
  ) -> ClosedRange<Double>? {
    guard !replicates.isEmpty else { return nil }
    let count = Double(replicates.count)
    let below = replicates.reduce(0.0) { $0 + ($1 < estimate ? 1 : $1 == estimate ? 0.5 : 0) }
    // Where all fall to one side, half a replicate stands for what was not drawn.
    let bias = Normal.quantile(min(max(below, 0.5), count - 0.5) / count)
    let acceleration = acceleration(leftOut: leftOut)
    let sorted = replicates.sorted()
    func end(_ z: Double) -> Double {
      let shifted = bias + z
      let room = 1 - acceleration * shifted
      guard room > 0 else { return shifted > 0 ? sorted[sorted.count - 1] : sorted[0] }
      return value(at: Normal.cdf(bias + shifted / room) * (count - 1), in: sorted)
    }
    let (lower, upper) = (end(-Normal.quantile975), end(Normal.quantile975))
    return min(lower, upper)...max(lower, upper)
  }

  /// A sixth of the skewness of the estimate, from the figures that leave out one case; 0 where nothing varies.
  public static func acceleration(leftOut: [[Double]]) -> Double {
    var (second, third) = (0.0, 0.0)
    for values in leftOut where values.count > 1 && values.contains(where: { $0 != values[0] }) {
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      for value in values {
        let influence = (count - 1) / count * (mean - value)
        second += influence * influence
        third += influence * influence * influence
      }
    }
    return second > 0 ? third / (6 * second * second.squareRoot()) : 0
  }
}

/// What stands at a place, 0 … n − 1, among n sorted values, with straight lines between them (at share · (n − 1) the
/// quantile of a share: Hyndman and Fan's type 7).
func value(at place: Double, in sorted: [Double]) -> Double {
  let index = min(max(Int(place), 0), sorted.count - 1)
  guard index + 1 < sorted.count else { return sorted[index] }
  return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
}
