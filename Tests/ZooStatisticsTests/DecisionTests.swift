import Testing
import ZooStatistics
import ZooTestSupport

@Test func decisionsAtAThresholdEqualReference() throws {
  for item in try ComparisonReference.load().curves {
    let counts = try #require(
      DecisionCounts(scores: item.a, labels: item.positives, threshold: item.cut))
    #expect(
      [counts.truePositives, counts.falsePositives, counts.trueNegatives, counts.falseNegatives]
        == item.counts)
    let matrix = try #require(ConfusionMatrix(scores: item.a, labels: item.positives, threshold: item.cut))
    #expect(matrix.oneVsRest(1) == counts)
    // scikit-learn says 0 where a figure is undefined.
    expectClose(counts.f1 ?? 0, item.f1, absolute: 1e-12, item.name)
    expectClose(counts.matthewsCorrelation ?? 0, item.matthews, absolute: 1e-12, item.name)
    expectClose(matrix.matthewsCorrelation ?? 0, item.matthews, absolute: 1e-12, item.name)
    expectClose(try #require(counts.balancedAccuracy), item.balancedAccuracy, absolute: 1e-12, item.name)
  }
}

@Test func confusionOfManyClassesEqualsReference() throws {
  for item in try ComparisonReference.load().classes {
    let matrix = try #require(ConfusionMatrix(probabilities: item.p, labels: item.labels))
    #expect(matrix.counts == item.matrix)
    expectClose(matrix.balancedAccuracy, item.balancedAccuracy, absolute: 1e-12)
    expectClose(matrix.macroF1, item.f1, absolute: 1e-12)
    expectClose(try #require(matrix.matthewsCorrelation), item.matthews, absolute: 1e-12)
    #expect(
      matrix.accuracy?.value == ScoringRule.accuracy(probabilities: item.p, labels: item.labels))
  }
}

@Test func ratesOfATinyTable() throws {
  // 3 positives of which 2 are found, 2 negatives of which 1 is.
  let counts = try #require(
    DecisionCounts(scores: [3, 2, 0, 2, 0], labels: [true, true, true, false, false], threshold: 2))
  #expect(counts.sensitivity == Rate(2, of: 3) && counts.specificity == Rate(1, of: 2))
  #expect(counts.precision == Rate(2, of: 3) && counts.negativePredictiveValue == Rate(1, of: 2))
  #expect(counts.accuracy == Rate(3, of: 5))
  let none = try #require(DecisionCounts(scores: [1, 1], labels: [false, false], threshold: 2))
  #expect(none.sensitivity == nil && none.precision == nil && none.f1 == nil)
  #expect(none.balancedAccuracy == nil && none.matthewsCorrelation == nil)
  #expect(none.specificity?.value == 1)
  // Calls that are always the same tell nothing of the label.
  let constant = try #require(DecisionCounts(scores: [1, 1], labels: [true, false], threshold: 2))
  #expect(constant.matthewsCorrelation == 0 && constant.f1 == 0)
}

@Test func wilsonEqualsReference() throws {
  for item in try ComparisonReference.load().wilson {
    let rate = try #require(Rate(item.successes, of: item.cases))
    expectClose([rate.interval.lowerBound, rate.interval.upperBound], item.interval, absolute: 1e-12)
    #expect(rate.interval.contains(rate.value))
  }
  #expect(Rate(0, of: 0) == nil && Rate(2, of: 1) == nil && Rate(-1, of: 1) == nil)
  #expect(Rate(0, of: 3)?.interval.lowerBound == 0 && Rate(3, of: 3)?.interval.upperBound == 1)
}

@Test func thresholdsForASensitivityEqualReference() throws {
  var open = 0
  for item in try ComparisonReference.load().calibration {
    guard let scores = item.probabilities, let thresholds = item.thresholds else { continue }
    let labels = item.labels.map { $0 == 1 }
    for expected in thresholds {
      let found = try #require(
        DecisionThreshold(sensitivity: expected.sensitivity, scores: scores, labels: labels))
      #expect(found.threshold == expected.threshold)
      let ends = [
        (found.interval.lowerBound, expected.low), (found.interval.upperBound, expected.high),
      ]
      for (end, expectedEnd) in ends {
        #expect(end.isFinite == (expectedEnd != nil))
        if let expectedEnd { expectClose(end, expectedEnd, absolute: 1e-12) }
      }
      #expect(found.interval.contains(found.threshold))
      #expect(try #require(found.counts.sensitivity).value >= expected.sensitivity)
      open += expected.low == nil ? 1 : 0
    }
  }
  #expect(open > 0)
  #expect(DecisionThreshold(sensitivity: 1, scores: [1, 2], labels: [true, false]) == nil)
}

@Test func decisionsRefuseWhatIsNoNumber() {
  #expect(DecisionCounts(scores: [.nan], labels: [true], threshold: 0) == nil)
  #expect(DecisionCounts(scores: [1], labels: [true], threshold: .nan) == nil)
  #expect(DecisionCounts(scores: [1], labels: [true, false], threshold: 0) == nil)
  #expect(ConfusionMatrix(scores: [.nan, 1], labels: [true, false], threshold: 0) == nil)
  #expect(ConfusionMatrix(probabilities: [[0.5, .nan]], labels: [0]) == nil)
  #expect(ConfusionMatrix(calls: [0, 3], labels: [0, 1], classes: 3) == nil)
  #expect(ConfusionMatrix(calls: [], labels: [], classes: 3) == nil)
}
