/// The stratified bootstrap of any figure over cases, with Efron's BCa interval.
///
/// Cases are drawn anew within each stratum, so every replicate has as many of each as the data. Replicates depend on
/// the seed and their number alone: the result has the same bits for any number of threads.
public struct Bootstrap: Hashable, Sendable {
  /// The figure over the cases as they are.
  public let estimate: Double
  /// The standard deviation of the replicates.
  public let standardError: Double
  /// The 95 % interval, within what the figure can be. A point where all replicates agree, as an AUC's under perfect
  /// separation: there `DeLong` has an interval and this has not. For calls see `MatthewsCorrelation`.
  public let interval: ClosedRange<Double>
  /// Replicates in which the figure was undefined; they are left out.
  public let undefined: Int

  /// Bootstraps a figure that is computed from indices of cases, some of which come several times.
  ///
  /// `labels` are the strata. `figure` is asked once for each replicate and case, on several threads at once. Nil
  /// where a stratum has a single case, where the figure is not finite for the cases as they are or with one left out, or
  /// where it is not for more than one replicate of twenty.
  public init?(
    labels: [Int], replicates: Int = 2000, seed: UInt64, threads: Int = 1,
    figure: @Sendable (_ cases: [Int]) -> Double?
  ) {
    let strata = Strata(labels: labels)
    guard replicates >= 20, let jackknife = Jackknife(labels: labels, threads: threads, figure: figure) else {
      return nil
    }
    let drawn = concurrentMap(replicates, threads: threads) { replicate in
      figure(strata.draw(seed: seed, replicate: replicate)) ?? .nan
    }
    let defined = drawn.filter(\.isFinite)
    guard (drawn.count - defined.count) * 20 <= drawn.count,
      let interval = BCa.interval(
        estimate: jackknife.estimate, replicates: defined, leftOut: jackknife.leftOut)
    else { return nil }
    estimate = jackknife.estimate
    self.interval = interval
    standardError = sampleVariance(defined).squareRoot()
    undefined = drawn.count - defined.count
  }

  /// Bootstraps a figure of scores and of which cases are positive.
  public init?(
    scores: [Double], labels: [Bool], replicates: Int = 2000, seed: UInt64, threads: Int = 1,
    figure: @Sendable (_ scores: [Double], _ labels: [Bool]) -> Double?
  ) {
    guard scores.count == labels.count, labels.contains(true), labels.contains(false) else { return nil }
    self.init(labels: labels.map { $0 ? 1 : 0 }, replicates: replicates, seed: seed, threads: threads) {
      cases in
      figure(cases.map { scores[$0] }, cases.map { labels[$0] })
    }
  }

  /// Bootstraps a figure of class probabilities, a row of k for each case, and labels 0 ..< k.
  public init?(
    probabilities: [[Double]], labels: [Int], replicates: Int = 2000, seed: UInt64, threads: Int = 1,
    figure: @Sendable (_ probabilities: [[Double]], _ labels: [Int]) -> Double?
  ) {
    guard classCount(probabilities, labels) != nil else { return nil }
    self.init(labels: labels, replicates: replicates, seed: seed, threads: threads) { cases in
      figure(cases.map { probabilities[$0] }, cases.map { labels[$0] })
    }
  }
}
