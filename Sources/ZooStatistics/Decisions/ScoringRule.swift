#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Numbers for how good class probabilities are: a row of k probabilities for each case, labels 0 ..< k.
///
/// All are nil without cases, with a value that is not finite, rows of different lengths or a label outside.
public enum ScoringRule {
  /// The share of cases whose most probable class is the right one; of equals the first counts.
  public static func accuracy(probabilities: [[Double]], labels: [Int]) -> Double? {
    guard classCount(probabilities, labels) != nil else { return nil }
    let right = zip(probabilities, labels).count { row, label in
      row.firstIndex(of: row.max() ?? 0) == label
    }
    return Double(right) / Double(labels.count)
  }

  /// The mean of −ln of the right class's probability, which is kept at least 2⁻⁵² away from 0 and 1.
  public static func logLoss(probabilities: [[Double]], labels: [Int]) -> Double? {
    guard classCount(probabilities, labels) != nil else { return nil }
    let margin = Double.ulpOfOne
    let sum = zip(probabilities, labels).reduce(0) { sum, item in
      sum - log(min(max(item.0[item.1], margin), 1 - margin))
    }
    return sum / Double(labels.count)
  }

  /// The mean squared distance of the probabilities from the truth, summed over the classes.
  ///
  /// For two classes half of that, which is the usual (p − y)² of the second.
  public static func brier(probabilities: [[Double]], labels: [Int]) -> Double? {
    guard let classes = classCount(probabilities, labels) else { return nil }
    var sum = 0.0
    for (row, label) in zip(probabilities, labels) {
      for (index, probability) in row.enumerated() {
        let distance = probability - (index == label ? 1 : 0)
        sum += distance * distance
      }
    }
    return sum / Double(labels.count) / (classes == 2 ? 2 : 1)
  }
}
