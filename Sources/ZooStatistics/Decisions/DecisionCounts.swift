/// What deciding between two classes came to: how many of each were called right and wrong.
///
/// A rate is nil where it has no cases to be a rate of.
public struct DecisionCounts: Hashable, Sendable {
  /// Positive cases called positive.
  public let truePositives: Int
  /// Negative cases called positive.
  public let falsePositives: Int
  /// Negative cases called negative.
  public let trueNegatives: Int
  /// Positive cases called negative.
  public let falseNegatives: Int

  init(truePositives: Int, falsePositives: Int, trueNegatives: Int, falseNegatives: Int) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.trueNegatives = trueNegatives
    self.falseNegatives = falseNegatives
  }

  /// Calls a case positive from the threshold on; nil where the counts differ or a number is NaN.
  public init?(scores: [Double], labels: [Bool], threshold: Double) {
    guard scores.count == labels.count, !threshold.isNaN, !scores.contains(where: \.isNaN) else { return nil }
    let called = zip(scores, labels).map { (positive: $0 >= threshold, label: $1) }
    truePositives = called.count { $0.positive && $0.label }
    falsePositives = called.count { $0.positive && !$0.label }
    trueNegatives = called.count { !$0.positive && !$0.label }
    falseNegatives = called.count { !$0.positive && $0.label }
  }

  /// All cases.
  public var cases: Int { positives + negatives }
  /// Cases that are positive.
  public var positives: Int { truePositives + falseNegatives }
  /// Cases that are negative.
  public var negatives: Int { trueNegatives + falsePositives }

  /// The share of the positive cases that are called so; also recall.
  public var sensitivity: Rate? { Rate(truePositives, of: positives) }
  /// The share of the negative cases that are called so.
  public var specificity: Rate? { Rate(trueNegatives, of: negatives) }
  /// The share of the cases called positive that are; also positive predictive value.
  public var precision: Rate? { Rate(truePositives, of: truePositives + falsePositives) }
  /// The share of the cases called negative that are.
  public var negativePredictiveValue: Rate? { Rate(trueNegatives, of: trueNegatives + falseNegatives) }
  /// The share of all cases called right.
  public var accuracy: Rate? { Rate(truePositives + trueNegatives, of: cases) }

  /// The mean of sensitivity and specificity.
  public var balancedAccuracy: Double? {
    guard let sensitivity, let specificity else { return nil }
    return (sensitivity.value + specificity.value) / 2
  }

  /// The harmonic mean of precision and sensitivity; nil where no case is positive and none is called so.
  public var f1: Double? { overlap.map { F1.of($0.value) } }

  /// Jaccard's index: the share that are both among the positive cases and those called so.
  var overlap: Rate? { Rate(truePositives, of: truePositives + falsePositives + falseNegatives) }

  /// Matthews' correlation of calls and labels (Matthews 1975), −1 … 1; 0 where calls are always the same, nil where labels
  /// are.
  public var matthewsCorrelation: Double? {
    MatthewsCorrelation.value(
      [[trueNegatives, falsePositives], [falseNegatives, truePositives]].map { $0.map(Double.init) })
  }
}
