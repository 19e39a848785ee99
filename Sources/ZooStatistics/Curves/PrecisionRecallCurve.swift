/// Precision against recall for every threshold on a score, and the average precision.
public struct PrecisionRecallCurve: Hashable, Sendable {
  /// One threshold.
  public struct Point: Hashable, Sendable {
    /// A case is called positive from this score on.
    public let threshold: Double
    /// The share of the positive cases that are called so; also sensitivity.
    public let recall: Double
    /// The share of the cases called positive that are.
    public let precision: Double
  }

  /// A point for each different score, thresholds falling and recall rising to 1.
  public let points: [Point]

  /// Nil where the counts differ, a score is not finite or one of the classes is absent. O(n log n).
  public init?(scores: [Double], labels: [Bool]) {
    guard let curve = ROCCurve(scores: scores, labels: labels) else { return nil }
    points = curve.points.compactMap { point in
      point.counts.precision.map {
        Point(threshold: point.threshold, recall: point.sensitivity, precision: $0.value)
      }
    }
  }

  /// The sum of the precisions, each weighted with the recall its threshold adds (as scikit-learn's: no interpolation,
  /// which would flatter). A constant or useless score has about the share of positive cases.
  public var averagePrecision: Double {
    var (sum, recall) = (0.0, 0.0)
    for point in points {
      sum += (point.recall - recall) * point.precision
      recall = point.recall
    }
    return sum
  }
}
