import Testing
import ZooStatistics
import ZooTestSupport

@Test func jackknivesEqualReference() throws {
  let rows = try IntervalReference.load().jackknife
  #expect(rows.count == 6)
  let partialRange = PartialAUC.standardisedRange(of: 0.9...1)
  for item in rows {
    let isPartial = item.figure == "partial"
    let results = [1, 3].map { threads in
      Jackknife(labels: item.labels, threads: threads) { cases -> Double? in
        let (scores, labels) = (cases.map { item.p[$0] }, cases.map { item.labels[$0] == 1 })
        guard isPartial else {
          return PrecisionRecallCurve(scores: scores, labels: labels)?.averagePrecision
        }
        return ROCCurve(scores: scores, labels: labels).flatMap {
          PartialAUC($0, over: .specificity, in: 0.9...1)?.standardised
        }
      }
    }
    #expect(results[0] == results[1])
    let jackknife = try #require(results[0])
    expectClose(jackknife.estimate, item.estimate, absolute: 1e-12, item.figure)
    expectClose(jackknife.variance, item.variance, absolute: 1e-12, item.figure)
    let interval = try #require(
      isPartial ? jackknife.interval(on: .probit, within: partialRange) : jackknife.interval())
    expectClose([interval.lowerBound, interval.upperBound], item.interval, absolute: 1e-9, item.figure)
    #expect(interval.contains(jackknife.estimate))
  }
}

/// What is said of a classifier allows for the classes' sizes being chance.
@Test func figuresOfRanksAllowForTheClassesSizes() throws {
  for item in try IntervalReference.load().jackknife {
    let name = item.figure == "partial" ? "partial_auc_specificity_90" : "average_precision"
    let figures = Figures(
      probabilities: item.p.map { [1 - $0, $0] }, labels: item.labels, seed: 0, threads: 1)
    let interval = try #require(figures.all.first { $0.name == name }?.interval)
    expectClose([interval.lowerBound, interval.upperBound], item.together, absolute: 1e-9, item.figure)
  }
}

@Test func aJackknifeThatSaysNothingIsNil() throws {
  #expect(Jackknife(labels: [0, 0, 1]) { _ in 1 } == nil)
  #expect(Jackknife(labels: []) { _ in 1 } == nil)
  #expect(Jackknife(labels: [0, 0, 1, 1]) { $0.count == 4 ? 1 : nil } == nil)
  #expect(Jackknife(labels: [0, 0, 1, 1]) { $0.count == 4 ? .nan : 1 } == nil)
  let outside = try #require(Jackknife(labels: [0, 0, 1, 1]) { _ in 2 })
  #expect(outside.interval() == nil && outside.interval(within: 0...2) != nil)
}

@Test func bootstrapTEqualsReference() throws {
  let rows = try IntervalReference.load().bootstrapT
  #expect(rows.count == 2)
  for item in rows {
    let given = try #require(
      BootstrapT.interval(
        mean: item.mean, error: item.error, replicates: item.replicates.map { ($0[0], $0[1]) }))
    expectClose([given.lowerBound, given.upperBound], item.interval, absolute: 1e-9)
    let own = try #require(
      BootstrapT(values: item.values, labels: item.labels, replicates: 20_000, seed: 3, threads: 2))
    expectClose([own.estimate, own.standardError], [item.mean, item.error], absolute: 1e-12)
    // An end's error from 20,000 draws, of numpy's and of these: some hundredths of the standard error.
    expectClose(
      [own.interval.lowerBound, own.interval.upperBound], item.wide, absolute: 0.12 * own.standardError)
    let few = [1, 2, 5].map { BootstrapT(values: item.values, labels: item.labels, seed: 9, threads: $0) }
    #expect(few[0] != nil && few[0] == few[1] && few[0] == few[2])
    #expect(BootstrapT(values: item.values, labels: item.labels, seed: 8) != few[0])
  }
}

@Test func aBootstrapTOfFewOrEqualValues() throws {
  let equal = try #require(BootstrapT(values: [1, 1, 3, 3], labels: [0, 0, 1, 1], seed: 1))
  #expect(equal.interval == 2...2 && equal.standardError == 0)
  // Half of a pair's replicates are one case twice, and a quarter of both pairs': no standard error.
  #expect(BootstrapT(values: [1, 2, 3, 4], labels: [0, 0, 1, 1], seed: 1) == nil)
  #expect(BootstrapT(values: [1, 2, 3], labels: [0, 0, 1], seed: 1) == nil)
  #expect(BootstrapT(values: [1, .nan, 3, 4], labels: [0, 0, 1, 1], seed: 1) == nil)
  #expect(BootstrapT(values: [1, -1, 3, 4], labels: [0, 0, 1, 1], seed: 1) == nil)
  #expect(BootstrapT(values: [], labels: [], seed: 1) == nil)
}

@Test func meansOfRatesEqualReference() throws {
  for item in try IntervalReference.load().meanOfRates {
    let rates = zip(item.hits, item.cases).compactMap { Rate($0, of: $1) }
    let interval = try #require(Rate.intervalOfMean(rates))
    expectClose([interval.lowerBound, interval.upperBound], item.interval, absolute: 1e-12)
  }
  let rate = try #require(Rate(3, of: 7))
  let alone = try #require(Rate.intervalOfMean([rate]))
  expectClose(
    [alone.lowerBound, alone.upperBound], [rate.interval.lowerBound, rate.interval.upperBound],
    absolute: 1e-15)
  // Equal rates of as many cases are one rate of all cases.
  let parts = try #require(Rate.intervalOfMean([rate, rate, rate]))
  let whole = try #require(Rate(9, of: 21)).interval
  expectClose(
    [parts.lowerBound, parts.upperBound], [whole.lowerBound, whole.upperBound], absolute: 1e-12)
  #expect(Rate.intervalOfMean([]) == nil)
}

/// Probabilities that call so many cases of each class each class, of equals none.
private func probabilities(calling counts: [[Int]]) -> (rows: [[Double]], labels: [Int]) {
  var (rows, labels): ([[Double]], [Int]) = ([], [])
  for (label, row) in counts.enumerated() {
    for (call, count) in row.enumerated() {
      let probabilities = row.indices.map { $0 == call ? 0.8 : 0.2 / Double(row.count - 1) }
      rows.append(contentsOf: repeatElement(probabilities, count: count))
      labels.append(contentsOf: repeatElement(label, count: count))
    }
  }
  return (rows, labels)
}

private func expectFigure(
  _ name: String, of counts: [[Int]], value: Double, interval expected: [Double]
) throws {
  let (rows, labels) = probabilities(calling: counts)
  let figures = Figures(probabilities: rows, labels: labels, seed: 0, threads: 1).all
  let found = try #require(figures.first { $0.name == name })
  let interval = try #require(found.interval)
  expectClose(found.value, value, absolute: 1e-12, name)
  expectClose([interval.lowerBound, interval.upperBound], expected, absolute: 1e-9, name)
  #expect(interval.contains(found.value) && interval.lowerBound < interval.upperBound)
}

/// Calls that are never or always right, and classes that are never called, included.
@Test func intervalsOfF1EqualReference() throws {
  let rows = try IntervalReference.load().f1
  #expect(rows.count == 7)
  for item in rows {
    try expectFigure(
      item.counts.count == 2 ? "f1" : "macro_f1", of: item.counts, value: item.value, interval: item.interval)
  }
}

/// Where a bootstrap of calls shows one value the interval is open, as that of every rate is.
@Test func correlationsOfCertainCallsAreNoPoints() throws {
  let rows = try IntervalReference.load().certainCalls
  #expect(rows.count == 7)
  for item in rows {
    let counts = zip(item.calls, item.sizes).map { call, size in
      item.sizes.indices.map { $0 == call ? size : 0 }
    }
    try expectFigure("matthews_correlation", of: counts, value: item.value, interval: item.interval)
  }
}

/// Odd and even degrees of freedom of Student's quantile, ties, and rates at the ends included.
@Test func operatingRatesEqualReference() throws {
  let rows = try IntervalReference.load().operatingRate
  #expect(rows.count == 15)
  for item in rows {
    let stated = item.turned ? OperatingRate.Stated.sensitivity(item.share) : .specificity(item.share)
    let found = try #require(
      OperatingRate(at: stated, scores: item.p, labels: item.labels.map { $0 == 1 }))
    expectClose(found.estimate, item.estimate, absolute: 1e-12)
    expectClose(
      [found.interval.lowerBound, found.interval.upperBound], item.interval, absolute: 1e-9)
    #expect(found.interval.contains(found.estimate))
  }
}

@Test func anOperatingRateThatDoesNotExistIsNil() {
  let labels = [true, true, false, false]
  #expect(OperatingRate(at: .specificity(1.1), scores: [4, 3, 2, 1], labels: labels) == nil)
  #expect(OperatingRate(at: .sensitivity(.nan), scores: [4, 3, 2, 1], labels: labels) == nil)
  #expect(OperatingRate(at: .specificity(0.9), scores: [4, 3, 2, .nan], labels: labels) == nil)
  #expect(
    OperatingRate(at: .specificity(0.9), scores: [4, 3, 2], labels: [true, true, false]) == nil)
  for share in [0.0, 1] {
    let found = OperatingRate(at: .specificity(share), scores: [4, 3, 2, 1], labels: labels)
    #expect(found?.interval.upperBound == 1 && found?.estimate == 1)
  }
}

@Test func regionsNearABoundEqualReference() throws {
  let rows = try IntervalReference.load().regions
  #expect(rows.count == 9)
  for row in rows {
    let region = FeldmanCousins.region(above: row.bound)
    expectClose(
      [max(region.lower, -1e300), region.upper], row.region, absolute: 1e-9 * max(1, -row.region[0]))
  }
}

@Test func intervalsOfCalibrationErrorsEqualReference() throws {
  let rows = try IntervalReference.load().calibration
  #expect(rows.count == 3)
  for item in rows {
    let curve = try #require(
      ReliabilityCurve(probabilities: item.p, labels: item.labels.map { $0 == 1 }))
    let interval = curve.errorInterval
    expectClose([interval.lowerBound, interval.upperBound], item.interval, absolute: 1e-9)
    #expect(interval.contains(curve.expectedError))
  }
}

@Test func calibrationErrorsAtTheEndsOfTheScale() throws {
  func interval(_ p: [Double], _ labels: [Bool]) throws -> ClosedRange<Double> {
    try #require(ReliabilityCurve(probabilities: p, labels: labels)).errorInterval
  }
  // Sure and right; sure and wrong; one case; all of one class.
  #expect(try interval([1, 1, 0], [true, true, false]) == 0...0)
  let wrong = try interval([1, 1, 0], [false, false, true])
  #expect(wrong.lowerBound > 0.1 && wrong.lowerBound < 1 && wrong.upperBound == 1)
  for (p, labels) in [([0.3], [true]), ([0.2, 0.7, 0.9], [true, true, true])] as [([Double], [Bool])] {
    let found = try interval(p, labels)
    #expect(found.lowerBound >= 0 && found.upperBound <= 1)
  }
}
