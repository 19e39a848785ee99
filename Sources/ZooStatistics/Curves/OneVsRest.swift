/// A figure for two classes, taken for each of k classes against the rest, and its means.
public struct OneVsRest: Hashable, Sendable {
  /// The figure of each class.
  public let values: [Double]
  /// The share of the cases that each class has.
  public let prevalences: [Double]

  /// Takes class probabilities, a row of k for each case, and labels 0 ..< k.
  ///
  /// `figure` gets one class's probabilities and which cases are of it: an AUC, an average precision. For two classes
  /// it is asked once, with the second. Nil where it is for one class, and for a NaN, rows of different lengths or a
  /// label outside.
  public init?(
    probabilities: [[Double]], labels: [Int],
    figure: (_ scores: [Double], _ labels: [Bool]) -> Double? = { ROC.auc(scores: $0, labels: $1) }
  ) {
    guard let classes = classCount(probabilities, labels), classes >= 2 else { return nil }
    var (values, prevalences) = ([Double](), [Double]())
    for index in classes == 2 ? 1..<2 : 0..<classes {
      let own = labels.map { $0 == index }
      guard let value = figure(probabilities.map { $0[index] }, own) else { return nil }
      values.append(value)
      prevalences.append(Double(own.count { $0 }) / Double(labels.count))
    }
    self.values = values
    self.prevalences = prevalences
  }

  /// The plain mean over the classes: each counts alike, however rare.
  public var macro: Double { values.reduce(0, +) / Double(values.count) }

  /// The mean weighted with the classes' shares of the cases.
  public var weighted: Double {
    zip(values, prevalences).reduce(0) { $0 + $1.0 * $1.1 } / prevalences.reduce(0, +)
  }
}
