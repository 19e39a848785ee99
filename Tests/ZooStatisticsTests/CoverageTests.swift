import Testing
import ZooCore
import ZooSimulation
import ZooStatistics

// The whole table is made by scripts/coverage; these are cells of it, with fixed seeds.

@Test(arguments: [(0.7, 60), (0.8, 120), (0.9, 400)])
func equalClassifiersAreCalledDifferentInFiveOfAHundred(auc: Double, count: Int) throws {
  let cases = SimulatedCases(aucs: [auc, auc], count: count)
  let share = cases.share(sets: 2000, seed: Seed(11), threads: 2) { sample, _ in
    PairedDeLong(sample.scores[0], sample.scores[1], labels: sample.labels).map { $0.p < 0.05 }
  }
  #expect((0.035...0.065).contains(try #require(share.value)))
}

@Test(arguments: [(0.7, 60), (0.97, 60), (0.9, 120)])
func intervalsOfAUCsHoldTheTruth(auc: Double, count: Int) throws {
  let cases = SimulatedCases(aucs: [auc, auc - 0.03], count: count)
  let single = cases.share(sets: 1000, seed: Seed(12), threads: 2) { sample, _ in
    DeLong(scores: sample.scores[0], labels: sample.labels)?.interval.contains(auc)
  }
  #expect((0.93...0.97).contains(try #require(single.value)))
  let difference = cases.share(sets: 1000, seed: Seed(13), threads: 2) { sample, _ in
    PairedDeLong(sample.scores[0], sample.scores[1], labels: sample.labels)?.interval.contains(0.03)
  }
  #expect((0.93...0.97).contains(try #require(difference.value)))
}

@Test func bootstrapHoldsTheTruth() throws {
  let cases = SimulatedCases(aucs: [0.8], count: 60)
  // The AUC, whose truth needs no simulation.
  let share = cases.share(sets: 300, seed: Seed(14), threads: 2) { sample, seed in
    Bootstrap(scores: sample.scores[0], labels: sample.labels, replicates: 300, seed: seed.bits) {
      ROC.auc(scores: $0, labels: $1)
    }?.interval.contains(0.8)
  }
  #expect((0.91...0.98).contains(try #require(share.value)))
}

@Test func intervalsOfRanksLossesAndCalibrationHoldTheTruth() throws {
  let cases = SimulatedCases(aucs: [0.9], count: 60)
  // Integrals of the model: scripts/coverage takes a very large sample for them.
  let (precision, loss, error) = (0.8312, 0.3701, 0.0782)
  let counts = cases.share(sets: 500, seed: Seed(15), threads: 2) { sample, _ in
    Jackknife(labels: sample.labels.map { _ in 0 }) { cases in
      PrecisionRecallCurve(
        scores: cases.map { sample.scores[0][$0] }, labels: cases.map { sample.labels[$0] })?.averagePrecision
    }?.interval()?.contains(precision)
  }
  #expect((0.92...0.98).contains(try #require(counts.value)))
  let means = cases.share(sets: 500, seed: Seed(16), threads: 2) { sample, seed in
    let labels = sample.labels.map { $0 ? 1 : 0 }
    let losses = ScoringRule.logLosses(
      probabilities: sample.probabilities.map { [1 - $0, $0] }, labels: labels)
    return losses.flatMap {
      BootstrapT(values: $0, labels: labels.map { _ in 0 }, replicates: 300, seed: seed.bits)?.interval
        .contains(loss)
    }
  }
  #expect((0.92...0.98).contains(try #require(means.value)))
  let errors = cases.share(sets: 500, seed: Seed(17), threads: 2) { sample, _ in
    let bold = sample.probabilities.map { $0 * $0 / ($0 * $0 + (1 - $0) * (1 - $0)) }
    return ReliabilityCurve(probabilities: bold, labels: sample.labels)?.errorInterval
      .contains(error)
  }
  #expect((0.92...0.98).contains(try #require(errors.value)))
}
