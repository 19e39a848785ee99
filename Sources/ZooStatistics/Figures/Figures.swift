/// Everything that is said of a classifier's predictions of labelled cases.
///
/// Figures that depend on a threshold call a case positive from a probability of ½ on, or the likeliest class, unless their
/// name says otherwise. What is undefined is left out.
public struct Figures: Hashable, Sendable {
  /// The figures, the AUC first.
  public let all: [Figure]

  /// Takes a row of k probabilities for each case, labels 0 ..< k; bootstraps depend on the seed alone.
  ///
  /// 2,000 replicates of each bootstrapped figure, and one for each case: seconds for a thousand cases.
  public init(probabilities: [[Double]], labels: [Int], seed: UInt64, threads: Int) {
    let counting = Figures.rates(probabilities, labels)
    let sources = classCount(probabilities, labels) == 2 ? Figures.binary : Figures.multiple
    let auc = DeLong(probabilities: probabilities, labels: labels)
    let area = (auc?.auc ?? ROC.auc(probabilities: probabilities, labels: labels)).map {
      Figure(name: "auc", value: $0, interval: auc?.interval, method: .delong)
    }
    let others = sources.compactMap { source -> Figure? in
      guard let value = source.figure(probabilities, labels) else { return nil }
      let bootstrap = Bootstrap(
        probabilities: probabilities, labels: labels, seed: seed, threads: threads, figure: source.figure)
      return Figure(name: source.name, value: value, interval: bootstrap?.interval, method: .bootstrap)
    }
    all = [area].compactMap(\.self) + counting + others
  }

  private struct Source: Sendable {
    let name: String
    let figure: @Sendable (_ probabilities: [[Double]], _ labels: [Int]) -> Double?
  }

  /// Rates have an interval of their own.
  private static func rates(_ probabilities: [[Double]], _ labels: [Int]) -> [Figure] {
    guard let matrix = ConfusionMatrix(probabilities: probabilities, labels: labels) else { return [] }
    var rates = [("accuracy", matrix.accuracy)]
    if matrix.classes == 2,
      let counts = DecisionCounts(
        scores: probabilities.map { $0[1] }, labels: labels.map { $0 == 1 }, threshold: 0.5)
    {
      rates = [
        ("accuracy", counts.accuracy), ("sensitivity", counts.sensitivity),
        ("specificity", counts.specificity), ("precision", counts.precision),
        ("negative_predictive_value", counts.negativePredictiveValue),
      ]
    }
    return rates.compactMap { name, rate in
      rate.map { Figure(name: name, value: $0.value, interval: $0.interval, method: .wilson) }
    }
  }

  private static let proper = [
    Source(name: "brier") { ScoringRule.brier(probabilities: $0, labels: $1) },
    Source(name: "log_loss") { ScoringRule.logLoss(probabilities: $0, labels: $1) },
  ]

  private static let binary =
    [
      Source(name: "average_precision") { rows, labels in
        PrecisionRecallCurve(scores: rows.map { $0[1] }, labels: labels.map { $0 == 1 })?.averagePrecision
      },
      Source(name: "partial_auc_specificity_90") { rows, labels in
        curve(rows, labels).flatMap { PartialAUC($0, over: .specificity, in: 0.9...1)?.standardised }
      },
      Source(name: "sensitivity_at_specificity_90") { rows, labels in
        curve(rows, labels)?.point(atSpecificity: 0.9)?.sensitivity
      },
      Source(name: "specificity_at_sensitivity_90") { rows, labels in
        curve(rows, labels)?.point(atSensitivity: 0.9)?.specificity
      },
      Source(name: "balanced_accuracy") { counts($0, $1)?.balancedAccuracy },
      Source(name: "f1") { counts($0, $1)?.f1 },
      Source(name: "matthews_correlation") { counts($0, $1)?.matthewsCorrelation },
      Source(name: "expected_calibration_error") { rows, labels in
        ReliabilityCurve(probabilities: rows.map { $0[1] }, labels: labels.map { $0 == 1 })?.expectedError
      },
    ] + proper

  private static let multiple =
    [
      Source(name: "weighted_auc") { OneVsRest(probabilities: $0, labels: $1)?.weighted },
      Source(name: "balanced_accuracy") {
        ConfusionMatrix(probabilities: $0, labels: $1)?.balancedAccuracy
      },
      Source(name: "macro_f1") { ConfusionMatrix(probabilities: $0, labels: $1)?.macroF1 },
      Source(name: "matthews_correlation") {
        ConfusionMatrix(probabilities: $0, labels: $1)?.matthewsCorrelation
      },
      Source(name: "expected_calibration_error") { rows, labels in
        TopLabel(probabilities: rows, labels: labels).flatMap {
          ReliabilityCurve(probabilities: $0.confidences, labels: $0.right)?.expectedError
        }
      },
    ] + proper

  private static func curve(_ rows: [[Double]], _ labels: [Int]) -> ROCCurve? {
    ROCCurve(scores: rows.map { $0[1] }, labels: labels.map { $0 == 1 })
  }

  private static func counts(_ rows: [[Double]], _ labels: [Int]) -> DecisionCounts? {
    DecisionCounts(scores: rows.map { $0[1] }, labels: labels.map { $0 == 1 }, threshold: 0.5)
  }
}
