/// A figure with each case left out in turn, and what that says of its variance (Tukey 1958), stratum by stratum.
///
/// It is the choice for smooth figures of ranks that a bootstrap distorts: a replicate holds cases several times, and a
/// positive case that ties with its own copies flatters an average precision (docs/statistics.md).
public struct Jackknife: Hashable, Sendable {
  /// The figure over the cases as they are.
  public let estimate: Double
  /// For each stratum the figure without one of its cases each.
  public let leftOut: [[Double]]

  /// Leaves out cases of a figure that is computed from indices of cases; `labels` are the strata, whose sizes do not vary.
  ///
  /// `figure` is asked once for each case, on several threads at once. Nil where a stratum has a single case, and where
  /// the figure is not finite for the cases as they are or with one left out.
  public init?(labels: [Int], threads: Int = 1, figure: @Sendable (_ cases: [Int]) -> Double?) {
    let (strata, all) = (Strata(labels: labels), Array(labels.indices))
    guard strata.smallest >= 2, let estimate = figure(all), estimate.isFinite else { return nil }
    let values = concurrentMap(all.count, threads: threads) { left in
      figure(all.filter { $0 != left }) ?? .nan
    }
    guard values.allSatisfy(\.isFinite) else { return nil }
    self.estimate = estimate
    leftOut = strata.split(values)
  }

  /// The variance of the estimate: over the strata, the sum of the squared deviations of what was left out, times
  /// (n − 1) / n.
  public var variance: Double {
    leftOut.reduce(0) { sum, values in
      let count = Double(values.count)
      return sum + (count - 1) * (count - 1) / count * sampleVariance(values)
    }
  }

  /// The 95 % interval, symmetric on a scale of the range that the figure can take, and within it.
  ///
  /// At an end of the range it is open as that of `DeLong` is, for so many pairs of cases of two classes that share none:
  /// as there are cases in the smallest stratum unless said. That is a bound for an AUC, and taken over for other figures. Nil for an estimate outside the range.
  public func interval(
    on link: Link = .logit, within range: ClosedRange<Double> = 0...1, disjointPairs: Int? = nil
  ) -> ClosedRange<Double>? {
    let width = range.upperBound - range.lowerBound
    guard width > 0 else { return nil }
    var share = (estimate - range.lowerBound) / width
    // Rounding keeps a perfect figure from its end.
    for end in [0.0, 1] where abs(share - end) < 1e-12 { share = end }
    guard (0...1).contains(share) else { return nil }
    let interval = link.interval(
      of: share, variance: variance / (width * width),
      disjointPairs: disjointPairs ?? leftOut.map(\.count).min() ?? 0)
    return min(
      estimate, range.lowerBound + width * interval.lowerBound)...max(
        estimate, range.lowerBound + width * interval.upperBound)
  }
}
