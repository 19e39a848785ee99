import ZooCore
import ZooFormats
public import ZooModels
import ZooStatistics

extension Calibration {
  /// The ways to calibrate.
  public enum Kind: String, CaseIterable, Sendable {
    /// Logits divided by one number.
    case temperature
    /// A logistic curve over the logit; for two classes.
    case platt
  }

  /// Fits to predictions of labelled cases that the model did not train on, with the threshold for a sensitivity if asked.
  ///
  /// A `Problem` where these cases allow no fit: a class is absent, every case is called right.
  public init(_ kind: Kind, on predictions: Predictions, sensitivity: Double? = nil, at place: String) throws
  {
    let labels = try predictions.knownLabels()
    let logits = predictions.probabilities.map { TemperatureScaling.logits(ofProbabilities: $0) }
    let method: Method?
    switch kind {
    case .temperature: method = TemperatureScaling(logits: logits, labels: labels).map { .temperature($0) }
    case .platt:
      guard predictions.classes == 2 else {
        throw Problem(
          "Platt scaling is for two classes", at: place, found: "\(predictions.classes)",
          next: "choose temperature")
      }
      method = PlattScaling(scores: logits.map { $0[1] - $0[0] }, labels: labels.map { $0 == 1 })
        .map { .platt($0) }
    }
    guard let method else {
      throw Problem(
        "the cases that were held back allow no calibration", at: place,
        expected: "cases of every class, some of them called wrong", next: "export without --calibration")
    }
    self.init(method: method, cases: labels.count)
    guard let sensitivity else { return }
    guard predictions.classes == 2 else {
      throw Problem("a sensitivity is for two classes", at: place, found: "\(predictions.classes)")
    }
    let scores = predictions.probabilities.map { probabilities(of: $0)[1] }
    guard
      let found = DecisionThreshold(
        sensitivity: sensitivity, scores: scores, labels: labels.map { $0 == 1 })
    else {
      throw Problem(
        "no threshold for that sensitivity", at: place,
        expected: "a number between 0 and 1, cases of both classes",
        found: "\(sensitivity)")
    }
    func within(_ value: Double) -> Double { min(1, max(0, value)) }
    self.init(
      method: method, cases: labels.count,
      threshold: Threshold(
        sensitivity: sensitivity, value: within(found.threshold),
        interval: within(found.interval.lowerBound)...within(found.interval.upperBound)))
  }

  /// Predictions of a run, named by its folder or by its file, for the cases that it held back.
  public static func heldBack(of path: String) throws -> Predictions {
    let run = RunFolder(path)
    if run.isRun { return try run.open().predictions }
    let file = RunFolder(Files.folder(of: path))
    guard file.isRun else {
      throw Problem(
        "nothing is known of cases that were held back", at: path, expected: "a run's folder",
        next: "export the run with --calibration")
    }
    return try file.open().predictions
  }
}
