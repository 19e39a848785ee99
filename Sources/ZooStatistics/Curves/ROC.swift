/// The area under the receiver operating characteristic.
public enum ROC {
  /// The chance that a positive case scores higher than a negative one, a tie counting half.
  ///
  /// Nil where it is undefined: one class only, a NaN among the scores, or not one label a score. O(n log n).
  public static func auc(scores: [Double], labels: [Bool]) -> Double? {
    Placements(scores: scores, labels: labels)?.auc
  }

  /// The AUC of class probabilities, a row of k for each case, and labels 0 ..< k.
  ///
  /// For two classes it is the AUC of the second column; for more, the plain mean over the classes of each against
  /// the rest. Nil where it is undefined: a class without cases, a NaN, rows of different lengths, a label outside.
  public static func auc(probabilities: [[Double]], labels: [Int]) -> Double? {
    OneVsRest(probabilities: probabilities, labels: labels)?.macro
  }
}

/// The number of classes, nil unless there is a case, each has as many finite values, and each label is a class.
func classCount(_ probabilities: [[Double]], _ labels: [Int]) -> Int? {
  guard let classes = probabilities.first?.count, probabilities.count == labels.count,
    probabilities.allSatisfy({ $0.count == classes && $0.allSatisfy(\.isFinite) }),
    labels.allSatisfy({ (0..<classes).contains($0) })
  else { return nil }
  return classes
}
