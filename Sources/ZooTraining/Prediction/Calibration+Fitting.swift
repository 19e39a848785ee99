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
  /// A `Problem` where these cases allow no fit: a class is absent, every case is called right, Platt's slope is not above 0.
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
      let scaling = PlattScaling(scores: logits.map { $0[1] - $0[0] }, labels: labels.map { $0 == 1 })
      if let slope = scaling?.slope, slope <= 0 {
        throw Problem(
          "Platt scaling would turn the order of the cases round", at: place,
          expected: "cases of class 1 that score higher than the others",
          found: "a slope of \(slope) on \(labels.count) held-back cases",
          next: "export without --calibration")
      }
      method = scaling.map { .platt($0) }
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

  /// What is predicted of cases that were held back, for a run that is named by its folder or by its file, and how many
  /// folds did.
  ///
  /// A run of a finished cross-validation has the out-of-fold predictions of all folds, by the runs of its own seed; another
  /// those of the cases it held back itself.
  public static func heldBack(of path: String) throws -> (predictions: Predictions, folds: Int) {
    let run = Files.isFolder(path) ? RunFolder(path) : RunFolder(Files.folder(of: path))
    guard run.isRun else {
      throw Problem(
        "nothing is known of cases that were held back", at: path, expected: "a run's folder",
        next: "export the run with --calibration")
    }
    let own = try run.open()
    // With several seeds a fold's run is two folders below.
    let above = ["..", "../.."].map { CrossValidationFolder(Files.join(run.path, $0)) }
    let all = try above.first(where: \.isFinished)?.open().runs.map(\.folder) ?? []
    guard all.contains(where: { Files.isSame($0.path, run.path) }) else { return (own.predictions, 1) }
    // Not the mean over seeds, which is more modest than each of them.
    let seed = own.configuration.options.seed
    let alike = try all.map { try $0.open() }.filter { $0.configuration.options.seed == seed }
    let predictions = alike.map(\.predictions)
    return (
      Predictions(
        names: predictions.flatMap(\.names), labels: predictions.flatMap(\.labels),
        probabilities: predictions.flatMap(\.probabilities)), alike.count
    )
  }
}
