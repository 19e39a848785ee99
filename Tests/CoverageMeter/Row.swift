import ZooCore
import ZooSimulation
import ZooStatistics

/// One row of a table: an interval, and what it should hold.
struct Row: Sendable {
  /// Cases of a column of the table: their AUC, and a set so large that its figures are the truth.
  struct Column: Sendable {
    let auc: Double
    let large: Drawn
  }

  let name: String
  /// The true value for the cases of a column.
  let truth: @Sendable (Column) -> Double?
  /// The interval of a set, of which all figures are known; nil where it has none.
  let interval: @Sendable (Drawn, Figures) -> ClosedRange<Double>?

  init(
    _ name: String, truth: @escaping @Sendable (Column) -> Double?,
    interval: @escaping @Sendable (Drawn, Figures) -> ClosedRange<Double>?
  ) {
    (self.name, self.truth, self.interval) = (name, truth, interval)
  }

  /// A row of one of `Figures`, by its name there.
  init(
    _ name: String, figure: String, truth: @escaping @Sendable (Column) -> Double?
  ) {
    self.init(name, truth: truth) { _, figures in
      figures.all.first { $0.name == figure }?.interval
    }
  }

  /// A row of one of `Figures` whose truth is that of the large set.
  init(_ name: String, figure: String, large: @escaping @Sendable (Drawn) -> Double?) {
    self.init(name, figure: figure) { large($0.large) }
  }

  /// Of two classes, what ranks alone decide; the second classifier's AUC is lower by 0.03.
  static let ranks: [Row] = [
    Row("AUC: DeLong, logit scale", figure: "auc") { $0.auc },
    Row("difference of two AUCs: Zou and Yue") { _ in
      0.03
    } interval: { drawn, _ in
      PairedDeLong(drawn.scores[0], drawn.scores[1], labels: drawn.positive)?.interval
    },
    Row("average precision: jackknife, logit scale", figure: "average_precision") { drawn in
      PrecisionRecallCurve(scores: drawn.scores[0], labels: drawn.positive)?.averagePrecision
    },
    Row("partial AUC to specificity 0.9: jackknife, probit scale", figure: "partial_auc_specificity_90") {
      drawn in
      ROCCurve(scores: drawn.scores[0], labels: drawn.positive).flatMap {
        PartialAUC($0, over: .specificity, in: 0.9...1)?.standardised
      }
    },
    Row(
      "sensitivity at specificity 0.9: Wilson, unknown threshold", figure: "sensitivity_at_specificity_90",
      truth: { rate($0, at: 0.9) }),
    Row(
      "specificity at sensitivity 0.9: Wilson, unknown threshold", figure: "specificity_at_sensitivity_90",
      truth: { rate($0, at: 0.9) }),
    Row("ROC band at 0.2 false alarms") {
      rate($0, at: 0.8)
    } interval: { drawn, _ in
      ROCBand(scores: drawn.scores[0], labels: drawn.positive, places: 6).map {
        $0.lower[1]...$0.upper[1]
      }
    },
    Row("threshold for sensitivity 0.8: between ranks") {
      distance($0.auc) + Normal.quantile(0.2)
    } interval: { drawn, _ in
      DecisionThreshold(sensitivity: 0.8, scores: drawn.scores[0], labels: drawn.positive)?.interval
    },
  ]

  /// Of two classes.
  static let twoClasses: [Row] =
    ranks + [
      Row("accuracy at p ≥ ½: Wilson", figure: "accuracy") { $0.counts?.accuracy?.value },
      Row("sensitivity at p ≥ ½: Wilson", figure: "sensitivity") { $0.counts?.sensitivity?.value },
      Row("specificity at p ≥ ½: Wilson", figure: "specificity") { $0.counts?.specificity?.value },
      Row("precision at p ≥ ½: Wilson", figure: "precision") { $0.counts?.precision?.value },
      Row("negative predictive value at p ≥ ½: Wilson", figure: "negative_predictive_value") {
        $0.counts?.negativePredictiveValue?.value
      },
      Row("balanced accuracy at p ≥ ½: Yan and Su", figure: "balanced_accuracy") {
        $0.matrix?.balancedAccuracy
      },
      Row("F1 at p ≥ ½: Wilson", figure: "f1") { $0.counts?.f1 },
      Row("Matthews' correlation at p ≥ ½: BCa", figure: "matthews_correlation") {
        $0.matrix?.matthewsCorrelation
      },
    ] + both

  /// Of three classes.
  static let threeClasses: [Row] =
    [
      Row("mean AUC: DeLong, logit scale", figure: "auc") { drawn in
        ROC.auc(probabilities: drawn.probabilities, labels: drawn.labels)
      },
      Row("AUC of the smallest class: DeLong, logit scale", figure: "class_2_auc") { drawn in
        OneVsRest(probabilities: drawn.probabilities, labels: drawn.labels)?.values[2]
      },
      Row("weighted AUC: jackknife, logit scale", figure: "weighted_auc") { drawn in
        OneVsRest(probabilities: drawn.probabilities, labels: drawn.labels)?.weighted
      },
      Row("mean average precision: jackknife, logit scale", figure: "macro_average_precision") { drawn in
        OneVsRest(probabilities: drawn.probabilities, labels: drawn.labels) {
          PrecisionRecallCurve(scores: $0, labels: $1)?.averagePrecision
        }?.macro
      },
      Row("accuracy: Wilson", figure: "accuracy") { $0.matrix?.accuracy?.value },
      Row("sensitivity of the smallest class: Wilson", figure: "class_2_sensitivity") {
        $0.matrix?.oneVsRest(2).sensitivity?.value
      },
      Row("specificity of the smallest class: Wilson", figure: "class_2_specificity") {
        $0.matrix?.oneVsRest(2).specificity?.value
      },
      Row("balanced accuracy: Yan and Su", figure: "balanced_accuracy") { $0.matrix?.balancedAccuracy },
      Row("mean F1: Yan and Su", figure: "macro_f1") { $0.matrix?.macroF1 },
      Row("Matthews' correlation: BCa", figure: "matthews_correlation") { $0.matrix?.matthewsCorrelation },
    ] + both

  private static let both: [Row] = [
    Row("Brier: bootstrap-t", figure: "brier") {
      ScoringRule.brier(probabilities: $0.probabilities, labels: $0.labels)
    },
    Row("log loss: bootstrap-t", figure: "log_loss") {
      ScoringRule.logLoss(probabilities: $0.probabilities, labels: $0.labels)
    },
    Row("ECE of doubled logits: inverted test") {
      $0.large.reliability($0.large.bold)?.expectedError
    } interval: { drawn, _ in
      drawn.reliability(drawn.bold)?.errorInterval
    },
    Row(
      "ECE of calibrated probabilities: inverted test", figure: "expected_calibration_error",
      truth: { _ in 0 }),
  ]

  private static func distance(_ auc: Double) -> Double { 2.0.squareRoot() * Normal.quantile(auc) }

  /// The share of one class called right at the threshold that calls so much of the other right; for both classes the same.
  private static func rate(_ column: Column, at share: Double) -> Double {
    Normal.cdf(distance(column.auc) - Normal.quantile(share))
  }
}
