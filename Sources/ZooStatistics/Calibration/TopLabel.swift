/// What a classifier of k classes says of the class it calls: how sure it is, and whether it is right.
///
/// Calibration for k classes looks at this as at two classes (Guo, Pleiss, Sun and Weinberger 2017).
public struct TopLabel: Hashable, Sendable {
  /// The largest probability of each case.
  public let confidences: [Double]
  /// Whether it is that of the case's class; of equals the first is called.
  public let right: [Bool]

  /// Takes a row of k probabilities for each case, labels 0 ..< k; nil without cases, for a value that is not finite,
  /// rows of different lengths or a label outside.
  public init?(probabilities: [[Double]], labels: [Int]) {
    guard classCount(probabilities, labels) != nil else { return nil }
    confidences = probabilities.map { $0.max() ?? 0 }
    right = zip(probabilities, labels).map { row, label in row.firstIndex(of: row.max() ?? 0) == label }
  }
}
