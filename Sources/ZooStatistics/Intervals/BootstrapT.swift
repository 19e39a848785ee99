#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The mean of a number that each case has, as of a loss, with the bootstrap-t interval (Efron 1982; Hall 1988).
///
/// Losses are skewed: most cases have almost none and a few nearly all. There the ends of BCa fall short with few cases
/// (docs/statistics.md), while the distance of a replicate's mean from the estimate, in the replicate's own
/// standard errors, is nearly distributed as the estimate's from the truth. Distances are taken between
/// logarithms, so that the interval stays above 0. Cases are drawn anew within each stratum.
public struct BootstrapT: Hashable, Sendable {
  /// The mean over the cases.
  public let estimate: Double
  /// Its standard error for as many cases of each stratum.
  public let standardError: Double
  /// The 95 % interval; a point where the cases of each stratum are all alike.
  public let interval: ClosedRange<Double>

  /// Takes a number from 0 on for each case, and the strata.
  ///
  /// Nil where a stratum has a single case, for a value that is below 0 or not finite, and where more than one replicate
  /// of twenty has no standard error. The same seed gives the same bits for any number of threads.
  public init?(values: [Double], labels: [Int], replicates: Int = 2000, seed: UInt64, threads: Int = 1) {
    let strata = Strata(labels: labels)
    guard values.count == labels.count, strata.smallest >= 2, replicates >= 20,
      values.allSatisfy({ $0 >= 0 && $0.isFinite })
    else { return nil }
    let (mean, error) = BootstrapT.mean(values, strata)
    (estimate, standardError) = (mean, error)
    guard error > 0 else {
      interval = mean...mean
      return
    }
    let drawn = concurrentMap(replicates, threads: threads) { replicate in
      let cases = strata.draw(seed: seed, replicate: replicate)
      return BootstrapT.mean(cases.map { values[$0] }, strata)
    }
    guard let interval = BootstrapT.interval(mean: mean, error: error, replicates: drawn) else { return nil }
    self.interval = interval
  }

  /// The 95 % interval of a mean above 0 and its standard error from those of the replicates.
  ///
  /// Nil without replicates, and where more than one of twenty has no standard error.
  public static func interval(
    mean: Double, error: Double, replicates: [(mean: Double, error: Double)]
  ) -> ClosedRange<Double>? {
    let distances = replicates.map { (log($0.mean) - log(mean)) * $0.mean / $0.error }
      .filter(\.isFinite).sorted()
    guard !distances.isEmpty, (replicates.count - distances.count) * 20 <= replicates.count else {
      return nil
    }
    let last = Double(distances.count - 1)
    let (low, high) = (value(at: 0.025 * last, in: distances), value(at: 0.975 * last, in: distances))
    let lower = mean * exp(-high * error / mean)
    let upper = mean * exp(-low * error / mean)
    return upper.isFinite ? lower...max(lower, upper) : nil
  }

  /// The mean over all cases and its standard error, the strata's sizes being fixed.
  private static func mean(_ values: [Double], _ strata: Strata) -> (mean: Double, error: Double) {
    let count = Double(values.count)
    let variance = strata.split(values).reduce(0) { $0 + Double($1.count) * sampleVariance($1) }
    return (values.reduce(0, +) / count, variance.squareRoot() / count)
  }
}
