/// The receiver operating characteristic: what every threshold on a score gives.
public struct ROCCurve: Hashable, Sendable {
  /// One threshold.
  public struct Point: Hashable, Sendable {
    /// A case is called positive from this score on; infinite in the first point, where none is.
    public let threshold: Double
    /// What it came to.
    public let counts: DecisionCounts

    /// The share of the positive cases that are called so.
    public var sensitivity: Double { Double(counts.truePositives) / Double(counts.positives) }
    /// The share of the negative cases that are called so.
    public var specificity: Double { Double(counts.trueNegatives) / Double(counts.negatives) }
  }

  /// From (sensitivity 0, specificity 1) to (1, 0), a point for each different score, thresholds falling.
  public let points: [Point]

  /// Nil where the counts differ, a score is not finite or one of the classes is absent. O(n log n).
  public init?(scores: [Double], labels: [Bool]) {
    let positives = labels.count { $0 }
    let negatives = labels.count - positives
    guard scores.count == labels.count, scores.allSatisfy(\.isFinite), positives > 0, negatives > 0 else {
      return nil
    }
    var (hits, alarms) = (0, 0)
    func point(_ threshold: Double) -> Point {
      Point(
        threshold: threshold,
        counts: DecisionCounts(
          truePositives: hits, falsePositives: alarms, trueNegatives: negatives - alarms,
          falseNegatives: positives - hits))
    }
    var points = [point(.infinity)]
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    for (position, index) in order.enumerated() {
      if labels[index] { hits += 1 } else { alarms += 1 }
      let isLastOfEquals = position + 1 == order.count || scores[order[position + 1]] != scores[index]
      if isLastOfEquals { points.append(point(scores[index])) }
    }
    self.points = points
  }

  /// The threshold of highest sensitivity among those with at least this specificity; of equals the most specific.
  ///
  /// Thresholds that exist: nothing is interpolated. Nil for a specificity outside [0, 1].
  public func point(atSpecificity specificity: Double) -> Point? {
    guard (0...1).contains(specificity), let best = points.last(where: { $0.specificity >= specificity })
    else {
      return nil
    }
    return points.first { $0.sensitivity == best.sensitivity }
  }

  /// The threshold of highest specificity among those with at least this sensitivity; of equals the most sensitive.
  ///
  /// Thresholds that exist: nothing is interpolated. Nil for a sensitivity outside [0, 1].
  public func point(atSensitivity sensitivity: Double) -> Point? {
    guard (0...1).contains(sensitivity), let best = points.first(where: { $0.sensitivity >= sensitivity })
    else {
      return nil
    }
    return points.last { $0.specificity == best.specificity }
  }
}
