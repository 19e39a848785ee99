public import ZooCore
import ZooStatistics

/// How good predictions are; what is undefined is nil.
public struct Evaluation: Hashable, Sendable {
  /// Cases of each class.
  public let counts: [Int]
  /// The area under the ROC curve; for more than two classes the mean of each against the rest.
  public let auc: Double?
  /// Its 95 % interval (DeLong); with two cases of each class.
  public let interval: ClosedRange<Double>?
  /// The share of cases whose most probable class is the right one.
  public let accuracy: Double?
  /// The mean of −ln of the right class's probability.
  public let logLoss: Double?
  /// The mean squared distance of the probabilities from the truth.
  public let brier: Double?
  /// What a person should know, a line each: why the AUC is undefined.
  public let notes: [String]

  /// Evaluates predictions; every case needs its label.
  public init(_ predictions: Predictions) throws {
    let (rows, labels) = (predictions.probabilities, try predictions.knownLabels())
    counts = Evaluation.counts(of: labels, classes: predictions.classes)
    auc = ROC.auc(probabilities: rows, labels: labels)
    interval = DeLong(probabilities: rows, labels: labels)?.interval
    accuracy = ScoringRule.accuracy(probabilities: rows, labels: labels)
    logLoss = ScoringRule.logLoss(probabilities: rows, labels: labels)
    brier = ScoringRule.brier(probabilities: rows, labels: labels)
    notes = Evaluation.notes(counts: counts)
  }

  /// The number of cases.
  public var cases: Int { counts.reduce(0, +) }

  /// How often each class 0 ..< classes stands among labels.
  static func counts(of labels: [Int], classes: Int) -> [Int] {
    var counts = Array(repeating: 0, count: classes)
    for label in labels where counts.indices.contains(label) { counts[label] += 1 }
    return counts
  }

  /// Says if the AUC is undefined for so many cases of each class, and why.
  static func notes(counts: [Int]) -> [String] {
    guard let absent = counts.firstIndex(of: 0) else { return [] }
    return ["AUC is undefined: there is no case of class \(absent) among the \(counts.reduce(0, +)) cases"]
  }

  /// As an object, keys in snake_case; what is undefined is null.
  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
    return [
      "cases": .number(Double(cases)),
      "class_counts": .array(counts.map { .number(Double($0)) }),
      "auc": number(auc),
      "auc_interval": interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null,
      "accuracy": number(accuracy),
      "log_loss": number(logLoss),
      "brier": number(brier),
      "notes": .array(notes.map(JSONValue.string)),
    ]
  }
}
