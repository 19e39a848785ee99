import Foundation
import ZooCore
import ZooSimulation
import ZooStatistics

/// One row of the table: an interval, and whether it holds the truth in a sample.
struct Row: Sendable {
  let name: String
  let isBootstrap: Bool
  /// The true value for cases of this description.
  let truth: @Sendable (SimulatedCases) -> Double
  /// The interval of a sample; nil where it has none.
  let interval: @Sendable (SimulatedCases.Sample, Seed) -> ClosedRange<Double>?

  /// A row whose truth is the figure of a very large sample and whose interval is BCa's.
  static func bootstrap(
    _ name: String, replicates: Int, _ figure: @escaping @Sendable ([Double], [Bool]) -> Double?
  ) -> Row {
    Row(name: name, isBootstrap: true) { cases in
      let large = SimulatedCases(aucs: [cases.aucs[0]], count: 600_000).sample(Seed(1))
      return figure(large.probabilities, large.labels) ?? .nan
    } interval: { sample, seed in
      Bootstrap(
        scores: sample.probabilities, labels: sample.labels, replicates: replicates, seed: seed.bits,
        figure: figure)?.interval
    }
  }

  /// All rows.
  static func all(replicates: Int) -> [Row] {
    [
      Row(name: "AUC: DeLong, logit scale", isBootstrap: false) {
        $0.aucs[0]
      } interval: { sample, _ in
        DeLong(scores: sample.scores[0], labels: sample.labels)?.interval
      },
      Row(name: "difference of two AUCs: Zou and Yue", isBootstrap: false) {
        $0.aucs[0] - $0.aucs[1]
      } interval: { sample, _ in
        PairedDeLong(sample.scores[0], sample.scores[1], labels: sample.labels)?.interval
      },
      Row(name: "sensitivity at p ≥ ½: Wilson", isBootstrap: false, truth: sensitivity) { sample, _ in
        DecisionCounts(scores: sample.probabilities, labels: sample.labels, threshold: 0.5)?.sensitivity?
          .interval
      },
      Row(name: "specificity at p ≥ ½: Wilson", isBootstrap: false, truth: specificity) { sample, _ in
        DecisionCounts(scores: sample.probabilities, labels: sample.labels, threshold: 0.5)?.specificity?
          .interval
      },
      Row(name: "threshold for sensitivity 0.8: ranks", isBootstrap: false) { cases in
        2.0.squareRoot() * Normal.quantile(cases.aucs[0]) + Normal.quantile(0.2)
      } interval: { sample, _ in
        DecisionThreshold(sensitivity: 0.8, scores: sample.scores[0], labels: sample.labels)?.interval
      },
      bootstrap("average precision: BCa", replicates: replicates) {
        PrecisionRecallCurve(scores: $0, labels: $1)?.averagePrecision
      },
      bootstrap("sensitivity at specificity 0.9: BCa", replicates: replicates) {
        ROCCurve(scores: $0, labels: $1)?.point(atSpecificity: 0.9)?.sensitivity
      },
      bootstrap("Matthews' correlation: BCa", replicates: replicates) {
        DecisionCounts(scores: $0, labels: $1, threshold: 0.5)?.matthewsCorrelation
      },
      bootstrap("Brier: BCa", replicates: replicates) { probabilities, labels in
        ScoringRule.brier(
          probabilities: probabilities.map { [1 - $0, $0] }, labels: labels.map { $0 ? 1 : 0 })
      },
      bootstrap("log loss: BCa", replicates: replicates) { probabilities, labels in
        ScoringRule.logLoss(
          probabilities: probabilities.map { [1 - $0, $0] }, labels: labels.map { $0 ? 1 : 0 })
      },
      bootstrap("ECE of doubled logits: BCa", replicates: replicates) { probabilities, labels in
        let bold = probabilities.map { $0 * $0 / ($0 * $0 + (1 - $0) * (1 - $0)) }
        return ReliabilityCurve(probabilities: bold, labels: labels)?.expectedError
      },
    ]
  }

  /// Where the score's probability is one half, in standard deviations from the negative class's mean.
  private static func half(_ cases: SimulatedCases) -> (cut: Double, distance: Double) {
    let distance = 2.0.squareRoot() * Normal.quantile(cases.aucs[0])
    let odds = Double(cases.positives) / Double(cases.count - cases.positives)
    return (distance / 2 - log(odds) / distance, distance)
  }

  @Sendable private static func sensitivity(_ cases: SimulatedCases) -> Double {
    Normal.cdf(half(cases).distance - half(cases).cut)
  }

  @Sendable private static func specificity(_ cases: SimulatedCases) -> Double { Normal.cdf(half(cases).cut) }
}
