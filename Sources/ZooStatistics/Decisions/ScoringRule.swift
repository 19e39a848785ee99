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

  /// The mean of `logLosses`.
  public static func logLoss(probabilities: [[Double]], labels: [Int]) -> Double? {
    logLosses(probabilities: probabilities, labels: labels).map(mean)
  }

  /// For each case −ln of the right class's probability, which is kept at least 2⁻⁵² away from 0 and 1.
  public static func logLosses(probabilities: [[Double]], labels: [Int]) -> [Double]? {
    guard classCount(probabilities, labels) != nil else { return nil }
    let margin = Double.ulpOfOne
    return zip(probabilities, labels).map { row, label in -log(min(max(row[label], margin), 1 - margin)) }
  }

  /// The mean of `brierScores`.
  public static func brier(probabilities: [[Double]], labels: [Int]) -> Double? {
    brierScores(probabilities: probabilities, labels: labels).map(mean)
  }

  /// For each case the squared distance of its probabilities from the truth, summed over the classes.
  ///
  /// For two classes half of that, which is the usual (p − y)² of the second.
  public static func brierScores(probabilities: [[Double]], labels: [Int]) -> [Double]? {
    guard let classes = classCount(probabilities, labels) else { return nil }
    return zip(probabilities, labels).map { row, label in
      let sum = row.indices.reduce(0.0) { sum, index in
        let distance = row[index] - (index == label ? 1 : 0)
        return sum + distance * distance
      }
      return sum / (classes == 2 ? 2 : 1)
    }
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
