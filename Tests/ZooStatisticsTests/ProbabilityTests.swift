import Testing
import ZooStatistics
import ZooTestSupport

@Test func multiclassFiguresEqualReference() throws {
  let cases = try Reference.load().multiclass
  #expect(cases.map { $0.probabilities[0].count } == [2, 3, 5])
  for item in cases {
    let (p, y) = (item.probabilities, item.labels)
    expectClose(try #require(ROC.auc(probabilities: p, labels: y)), item.auc, absolute: 1e-12, item.name)
    expectClose(try #require(ScoringRule.accuracy(probabilities: p, labels: y)), item.accuracy, item.name)
    expectClose(
      try #require(ScoringRule.logLoss(probabilities: p, labels: y)), item.logLoss, relative: 1e-12, item.name
    )
    expectClose(
      try #require(ScoringRule.brier(probabilities: p, labels: y)), item.brier, relative: 1e-12, item.name)
  }
}

@Test(
  arguments: [
    ([], []), ([[0.5, 0.5]], [2]), ([[0.5, 0.5]], [-1]), ([[0.5, .nan]], [0]), ([[0.5, 0.5], [1]], [0, 0]),
    ([[0.5, 0.5]], [0, 1]),
  ] as [([[Double]], [Int])])
func malformedProbabilitiesHaveNoFigures(probabilities: [[Double]], labels: [Int]) {
  #expect(ROC.auc(probabilities: probabilities, labels: labels) == nil)
  #expect(ScoringRule.accuracy(probabilities: probabilities, labels: labels) == nil)
  #expect(ScoringRule.logLoss(probabilities: probabilities, labels: labels) == nil)
  #expect(ScoringRule.brier(probabilities: probabilities, labels: labels) == nil)
}

@Test func macroAUCNeedsEveryClass() {
  let rows = [[0.6, 0.2, 0.2], [0.1, 0.7, 0.2], [0.5, 0.4, 0.1]]
  #expect(ROC.auc(probabilities: rows, labels: [0, 1, 1]) == nil)
  #expect(ROC.auc(probabilities: [[1], [1]], labels: [0, 0]) == nil)
}

@Test func logisticRegressionEqualsReference() throws {
  let cases = try Reference.load().logistic
  #expect(cases.count == 4)
  for item in cases {
    let model = try LogisticRegression(
      features: item.features, labels: item.labels, classes: item.probabilities[0].count, ridge: item.ridge)
    for (probe, expected) in zip(item.probes, item.probabilities) {
      let actual = try #require(model.probabilities(of: probe))
      expectClose(actual, expected, absolute: 1e-9, "\(item.name) at \(probe)")
      expectClose(actual.reduce(0, +), 1, absolute: 1e-12, item.name)
    }
  }
}

@Test func separableDataStayFinite() throws {
  let features = (0..<200).map { [Double($0)] }
  let model = try LogisticRegression(
    features: features, labels: (0..<200).map { $0 < 100 ? 0 : 1 }, ridge: 1e-6)
  let below = try #require(model.probabilities(of: [0]))
  let above = try #require(model.probabilities(of: [199]))
  #expect(below[1] < 1e-6 && above[1] > 1 - 1e-6 && above.allSatisfy(\.isFinite))
  #expect(try #require(model.probabilities(of: [99.5]))[1].rounded(toPlaces: 6) == 0.5)
  let far = try #require(model.probabilities(of: [1e300]))
  #expect(far == [0, 1])
}

@Test func aFeatureThatNeverChangedTellsNothingLater() throws {
  // (0.1 + 0.1 + 0.1) / 3 is not 0.1, so the variance comes out above 0.
  let model = try LogisticRegression(
    features: [[1, 0.1], [2, 0.1], [3, 0.1]], labels: [0, 0, 1])
  #expect(model.probabilities(of: [2.2, 0.1]) == model.probabilities(of: [2.2, 7000]))
  #expect(model.probabilities(of: [2.2]) == nil)
  #expect(model.probabilities(of: [2.2, .nan]) == nil)
}

@Test func withoutFeaturesTheSharesRemain() throws {
  let model = try LogisticRegression(features: [[], [], [], []], labels: [0, 1, 0, 0])
  expectClose(try #require(model.probabilities(of: [])), [0.75, 0.25], absolute: 1e-12)
}

@Test func unfitDataAreNamed() {
  typealias Failure = LogisticRegression.Failure
  func fails(
    _ features: [[Double]], _ labels: [Int], _ classes: Int = 2, ridge: Double = 1, as failure: Failure
  ) {
    #expect(throws: failure) {
      try LogisticRegression(features: features, labels: labels, classes: classes, ridge: ridge)
    }
  }
  fails([], [], as: .counts)
  fails([[1], [2]], [0], as: .counts)
  fails([[1], [2, 3]], [0, 1], as: .featureCount(row: 1))
  fails([[1], [.infinity]], [0, 1], as: .notFinite(row: 1))
  fails([[1], [2]], [0, 2], as: .label(row: 1))
  fails([[1], [2]], [0, 0], 1, as: .label(row: 0))
  fails([[1], [2]], [0, 0], as: .absentClass(1))
  fails([[1], [2], [3]], [0, 2, 2], 3, as: .absentClass(1))
  fails([[1], [2]], [0, 1], ridge: 0, as: .scale)
  fails([[1e300], [-1e300]], [0, 1], as: .scale)
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    return (self * scale).rounded() / scale
  }
}
