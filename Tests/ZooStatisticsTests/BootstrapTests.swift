import Testing
import ZooStatistics
import ZooTestSupport

@Test func bcaOfGivenReplicatesEqualsSciPy() throws {
  let rows = try ComparisonReference.load().bca
  #expect(rows.count == 2)
  for item in rows {
    let interval = try #require(
      BCa.interval(estimate: item.estimate, replicates: item.replicates, leftOut: item.leftOut))
    expectClose([interval.lowerBound, interval.upperBound], item.interval, absolute: 1e-9, item.name)
  }
  #expect(BCa.interval(estimate: 1, replicates: [], leftOut: []) == nil)
}

@Test func ownReplicatesAgreeWithSciPy() throws {
  for item in try ComparisonReference.load().bca {
    let labels = item.labels.map { $0 == 1 }
    let own = try #require(
      Bootstrap(scores: item.a, labels: labels, replicates: 20_000, seed: 3, threads: 2) { scores, labels in
        item.name == "brier"
          ? ScoringRule.brier(probabilities: scores.map { [1 - $0, $0] }, labels: labels.map { $0 ? 1 : 0 })
          : PrecisionRecallCurve(scores: scores, labels: labels)?.averagePrecision
      })
    expectClose(own.estimate, item.estimate, absolute: 1e-12)
    // An end's error from 20,000 draws, of scipy's and of these: some hundredths of the standard error.
    let ends = [own.interval.lowerBound, own.interval.upperBound]
    expectClose(ends, item.wide, absolute: 0.12 * own.standardError, item.name)
    #expect(own.undefined == 0)
  }
}

@Test func threadsChangeNoBits() throws {
  let item = try #require(try ComparisonReference.load().bca.first)
  let results = [1, 2, 7].map { threads in
    Bootstrap(scores: item.a, labels: item.labels.map { $0 == 1 }, replicates: 199, seed: 5, threads: threads)
    {
      ROC.auc(scores: $0, labels: $1)
    }
  }
  #expect(results[0] != nil && results[0] == results[1] && results[0] == results[2])
  let other = Bootstrap(scores: item.a, labels: item.labels.map { $0 == 1 }, replicates: 199, seed: 6) {
    ROC.auc(scores: $0, labels: $1)
  }
  #expect(other?.interval != results[0]?.interval)
}

@Test func classesKeepTheirCounts() throws {
  let labels = [0, 1, 1, 2, 2, 2, 0]
  let bootstrap = Bootstrap(labels: labels, replicates: 50, seed: 1) { cases in
    // With one left out, or as many of each as there are.
    cases.count < labels.count || cases.map { labels[$0] } == labels ? 1 : nil
  }
  #expect(bootstrap?.interval == 1...1)
}

@Test func aBootstrapThatSaysNothingIsNil() {
  // A single case of a class; a figure that is undefined, for the whole or too often.
  #expect(Bootstrap(labels: [0, 0, 1], seed: 1) { _ in 1 } == nil)
  #expect(Bootstrap(labels: [], seed: 1) { _ in 1 } == nil)
  #expect(Bootstrap(labels: [0, 0, 1, 1], seed: 1) { _ in nil } == nil)
  #expect(Bootstrap(labels: [0, 0, 1, 1], seed: 1) { _ in .nan } == nil)
  #expect(Bootstrap(labels: [0, 0, 1, 1], seed: 1) { $0.contains(0) ? 1 : nil } == nil)
  #expect(Bootstrap(scores: [1, 2], labels: [true, true], seed: 1) { _, _ in 1 } == nil)
  #expect(Bootstrap(probabilities: [[0.5, .nan]], labels: [0], seed: 1) { _, _ in 1 } == nil)
}

@Test func normalQuantilesEqualReference() throws {
  for point in try ComparisonReference.load().quantile {
    expectClose(Normal.quantile(point.share), point.value, absolute: 1e-14, relative: 1e-13, "\(point.share)")
  }
  #expect(Normal.quantile(0) == -.infinity && Normal.quantile(1) == .infinity && Normal.quantile(2).isNaN)
}

/// A few cases with one that is wrong let the interval of a mean reach beyond what a Brier score can be.
@Test func aBrierScoreIsNoGreaterThanItCanBe() throws {
  let labels = (0..<25).map { $0 % 2 }
  let rows = labels.enumerated().map { index, label -> [Double] in
    let wrong = index < 4 ? [0.5, 0.2, 0.05, 0.075][index] : 1e-3
    return label == 1 ? [wrong, 1 - wrong] : [1 - wrong, wrong]
  }
  let losses = try #require(ScoringRule.brierScores(probabilities: rows, labels: labels))
  let raw = try #require(BootstrapT(values: losses, labels: labels.map { _ in 0 }, seed: 0)?.interval)
  let figures = Figures(probabilities: rows, labels: labels, seed: 0, threads: 1)
  let brier = try #require(figures.all.first { $0.name == "brier" }?.interval)
  #expect(raw.upperBound > 1 && brier.upperBound == 1 && brier.lowerBound == raw.lowerBound)
}
