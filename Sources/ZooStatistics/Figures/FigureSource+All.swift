extension FigureSource {
  /// What is said of two classes, beside the AUC and plain rates; class 1 is the positive one.
  static let twoClasses =
    [
      jackknifed("average_precision") { rows, labels in
        PrecisionRecallCurve(scores: rows.map { $0[1] }, labels: labels.map { $0 == 1 })?.averagePrecision
      },
      jackknifed(
        "partial_auc_specificity_90", on: .probit, within: PartialAUC.standardisedRange(of: 0.9...1)
      ) { rows, labels in
        curve(rows, labels).flatMap { PartialAUC($0, over: .specificity, in: 0.9...1)?.standardised }
      },
      operatingRate("sensitivity_at_specificity_90", at: .specificity(0.9)),
      operatingRate("specificity_at_sensitivity_90", at: .sensitivity(0.9)),
      meanRate("balanced_accuracy") { rows, labels in
        guard let counts = counts(rows, labels), let hit = counts.sensitivity, let miss = counts.specificity
        else {
          return nil
        }
        return [hit, miss]
      },
      f1("f1", of: [1]),
      matthewsCorrelation,
      calibrationError { rows, labels in
        ReliabilityCurve(probabilities: rows.map { $0[1] }, labels: labels.map { $0 == 1 })
      },
    ] + proper

  /// What is said of more than two classes.
  static let moreClasses =
    [
      jackknifed("weighted_auc") { OneVsRest(probabilities: $0, labels: $1)?.weighted },
      jackknifed("macro_average_precision") { rows, labels in
        OneVsRest(probabilities: rows, labels: labels) {
          PrecisionRecallCurve(scores: $0, labels: $1)?.averagePrecision
        }?.macro
      },
      meanRate("balanced_accuracy") { ConfusionMatrix(probabilities: $0, labels: $1)?.sensitivities },
      f1("macro_f1"),
      matthewsCorrelation,
      calibrationError { rows, labels in
        TopLabel(probabilities: rows, labels: labels).flatMap {
          ReliabilityCurve(probabilities: $0.confidences, labels: $0.right)
        }
      },
    ] + proper

  private static let proper = [
    meanLoss("brier", ofTwo: 1, ofMore: 2) { ScoringRule.brierScores(probabilities: $0, labels: $1) },
    meanLoss("log_loss") { ScoringRule.logLosses(probabilities: $0, labels: $1) },
  ]

  private static func curve(_ rows: [[Double]], _ labels: [Int]) -> ROCCurve? {
    ROCCurve(scores: rows.map { $0[1] }, labels: labels.map { $0 == 1 })
  }

  private static func counts(_ rows: [[Double]], _ labels: [Int]) -> DecisionCounts? {
    DecisionCounts(scores: rows.map { $0[1] }, labels: labels.map { $0 == 1 }, threshold: 0.5)
  }
}
