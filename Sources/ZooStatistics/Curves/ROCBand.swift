/// A band around a ROC curve: at every share of false alarms the 95 % interval of the sensitivity there.
///
/// Each is that of `OperatingRate`. Each place is right about 95 times in 100, not all of them at once. Percentiles of
/// bootstrapped curves, as R's pROC has them, are not: from where every replicate has found all positive cases on they
/// say that the sensitivity is 1, and at an AUC of 0.97 with 60 cases held it at 0.4 false alarms in 32 of 100 simulated data
/// sets. To the left of half a negative case's share nothing is known, and the lower end is 0.
public struct ROCBand: Hashable, Sendable {
  /// Shares of false alarms (1 − specificity), from 0 to 1.
  public let falseAlarms: [Double]
  /// The sensitivity's lower end at each; it never falls.
  public let lower: [Double]
  /// The sensitivity's upper end at each; it never falls.
  public let upper: [Double]

  /// Nil where `ROCCurve` is, with fewer than two cases of a class or two places.
  public init?(scores: [Double], labels: [Bool], places: Int = 101) {
    guard let curve = ROCCurve(scores: scores, labels: labels), places >= 2,
      let rates = RatesByRank(scores: scores, isOwn: labels)
    else { return nil }
    let grid = (0..<places).map { Double($0) / Double(places - 1) }
    let half = 0.5 / Double(labels.count { !$0 })
    var (lower, upper) = ([Double](), [Double]())
    for share in grid {
      let interval = rates.interval(at: 1 - share)
      let found = curve.point(atSpecificity: 1 - share)?.sensitivity ?? 0
      lower.append(share < half ? 0 : min(found, interval.lowerBound))
      upper.append(share > 1 - half ? 1 : max(found, interval.upperBound))
    }
    lower[places - 1] = 1
    // A curve never falls. Ends that do are moved outwards.
    for place in (0..<places - 1).reversed() { lower[place] = min(lower[place], lower[place + 1]) }
    for place in 1..<places { upper[place] = max(upper[place], upper[place - 1]) }
    (falseAlarms, self.lower, self.upper) = (grid, lower, upper)
  }
}
