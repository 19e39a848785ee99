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

  /// The figure of a very large sample, which is taken for the truth.
  private static func large(_ figure: @escaping @Sendable ([Double], [Bool]) -> Double?)
    -> @Sendable (
      SimulatedCases
    ) -> Double
  {
    { cases in
      let large = SimulatedCases(aucs: [cases.aucs[0]], count: 600_000).sample(Seed(1))
      return figure(large.probabilities, large.labels) ?? .nan
    }
  }

  /// A row with BCa's interval.
  private static func bootstrap(
    _ name: String, replicates: Int, _ figure: @escaping @Sendable ([Double], [Bool]) -> Double?
  ) -> Row {
    Row(name: name, isBootstrap: true, truth: large(figure)) { sample, seed in
      Bootstrap(
        scores: sample.probabilities, labels: sample.labels, replicates: replicates, seed: seed.bits,
        figure: figure)?.interval
    }
  }

  /// A row with the jackknife's interval on the logit scale.
  private static func jackknife(
    _ name: String, within range: ClosedRange<Double> = 0...1,
    _ figure: @escaping @Sendable ([Double], [Bool]) -> Double?
  ) -> Row {
    Row(name: name, isBootstrap: false, truth: large(figure)) { sample, _ in
      Jackknife(labels: sample.labels.map { $0 ? 1 : 0 }) { cases in
        figure(cases.map { sample.probabilities[$0] }, cases.map { sample.labels[$0] })
      }?.interval(within: range)
    }
  }

  /// A row of a mean loss with the bootstrap-t interval.
  private static func mean(
    _ name: String, replicates: Int, _ losses: @escaping @Sendable ([[Double]], [Int]) -> [Double]?
  ) -> Row {
    let each: @Sendable ([Double], [Bool]) -> [Double] = { probabilities, labels in
      losses(probabilities.map { [1 - $0, $0] }, labels.map { $0 ? 1 : 0 }) ?? []
    }
    return Row(
      name: name, isBootstrap: true,
      truth: large { each($0, $1).reduce(0, +) / Double($0.count) }
    ) { sample, seed in
      BootstrapT(
        values: each(sample.probabilities, sample.labels), labels: sample.labels.map { $0 ? 1 : 0 },
        replicates: replicates, seed: seed.bits)?.interval
    }
  }

  /// A row of the rate at a stated rate of the other class, which the model makes the same for both classes.
  private static func operatingRate(_ name: String, _ stated: OperatingRate.Stated, replicates: Int) -> Row {
    Row(name: name, isBootstrap: true) { cases in
      Normal.cdf(2.0.squareRoot() * Normal.quantile(cases.aucs[0]) - Normal.quantile(0.9))
    } interval: { sample, seed in
      OperatingRate(
        at: stated, scores: sample.scores[0], labels: sample.labels, replicates: replicates, seed: seed.bits)?
        .interval
    }
  }

  /// A row of the calibration error of probabilities made from the true ones.
  private static func calibrationError(
    _ name: String, _ change: @escaping @Sendable (Double) -> Double
  ) -> Row {
    let curve: @Sendable ([Double], [Bool]) -> ReliabilityCurve? = {
      ReliabilityCurve(probabilities: $0.map(change), labels: $1)
    }
    return Row(name: name, isBootstrap: false, truth: large { curve($0, $1)?.expectedError }) { sample, _ in
      curve(sample.probabilities, sample.labels)?.errorInterval(.fixedOutcomes)
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
      Row(name: "threshold for sensitivity 0.8: between ranks", isBootstrap: false) { cases in
        2.0.squareRoot() * Normal.quantile(cases.aucs[0]) + Normal.quantile(0.2)
      } interval: { sample, _ in
        DecisionThreshold(sensitivity: 0.8, scores: sample.scores[0], labels: sample.labels)?.interval
      },
      Row(name: "balanced accuracy at p ≥ ½: square and add", isBootstrap: false) {
        (sensitivity($0) + specificity($0)) / 2
      } interval: { sample, _ in
        DecisionCounts(scores: sample.probabilities, labels: sample.labels, threshold: 0.5).flatMap {
          Rate.intervalOfMean([$0.sensitivity, $0.specificity].compactMap(\.self))
        }
      },
      jackknife("average precision: jackknife, logit scale") {
        PrecisionRecallCurve(scores: $0, labels: $1)?.averagePrecision
      },
      jackknife(
        "partial AUC to specificity 0.9: jackknife, logit scale",
        within: PartialAUC.standardisedRange(of: 0.9...1)
      ) {
        ROCCurve(scores: $0, labels: $1).flatMap {
          PartialAUC($0, over: .specificity, in: 0.9...1)?.standardised
        }
      },
      operatingRate(
        "sensitivity at specificity 0.9: Wilson, bootstrap", .specificity(0.9), replicates: replicates),
      operatingRate(
        "specificity at sensitivity 0.9: Wilson, bootstrap", .sensitivity(0.9), replicates: replicates),
      Row(name: "ROC band at 0.2 false alarms", isBootstrap: true) {
        Normal.cdf(2.0.squareRoot() * Normal.quantile($0.aucs[0]) + Normal.quantile(0.2))
      } interval: { sample, seed in
        ROCBand(
          scores: sample.scores[0], labels: sample.labels, places: 6, replicates: replicates, seed: seed.bits
        ).map { $0.lower[1]...$0.upper[1] }
      },
      bootstrap("F1 at p ≥ ½: BCa", replicates: replicates) {
        DecisionCounts(scores: $0, labels: $1, threshold: 0.5)?.f1
      },
      bootstrap("Matthews' correlation at p ≥ ½: BCa", replicates: replicates) {
        DecisionCounts(scores: $0, labels: $1, threshold: 0.5)?.matthewsCorrelation
      },
      mean("Brier: bootstrap-t", replicates: replicates) {
        ScoringRule.brierScores(probabilities: $0, labels: $1)
      },
      mean("log loss: bootstrap-t", replicates: replicates) {
        ScoringRule.logLosses(probabilities: $0, labels: $1)
      },
      calibrationError("ECE of doubled logits: inverted test") { $0 * $0 / ($0 * $0 + (1 - $0) * (1 - $0)) },
    ]
  }

  /// Where the score's probability is one half, in standard deviations from the negative class's mean.
  private static func half(_ cases: SimulatedCases) -> (cut: Double, distance: Double) {
    let distance = 2.0.squareRoot() * Normal.quantile(cases.aucs[0])
    let odds = Double(cases.positives) / Double(cases.count - cases.positives)
    return (distance / 2 - log(odds) / distance, distance)
  }

  @Sendable static func sensitivity(_ cases: SimulatedCases) -> Double {
    Normal.cdf(half(cases).distance - half(cases).cut)
  }

  @Sendable static func specificity(_ cases: SimulatedCases) -> Double { Normal.cdf(half(cases).cut) }
}
