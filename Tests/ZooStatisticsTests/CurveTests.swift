import Testing
import ZooStatistics
import ZooTestSupport

@Test func curvesEqualReference() throws {
  let curves = try ComparisonReference.load().curves
  #expect(curves.count == 6)
  for item in curves {
    let roc = try #require(ROCCurve(scores: item.a, labels: item.positives))
    expectClose(roc.points.map { 1 - $0.specificity }, item.falseAlarms, absolute: 1e-12, item.name)
    expectClose(roc.points.map(\.sensitivity), item.sensitivity, absolute: 1e-12, item.name)
    expectClose(roc.points.dropFirst().map(\.threshold), item.thresholds, item.name)
    #expect(roc.points[0].threshold == .infinity)
    let recall = try #require(PrecisionRecallCurve(scores: item.a, labels: item.positives))
    // scikit-learn ends its curve where the recall is 1.
    let known = recall.points.prefix(item.recall.count)
    expectClose(known.map(\.recall), item.recall, absolute: 1e-12, item.name)
    expectClose(known.map(\.precision), item.precision, absolute: 1e-12, item.name)
    expectClose(recall.averagePrecision, item.averagePrecision, absolute: 1e-12, item.name)
    for target in item.at {
      let specific = try #require(roc.point(atSpecificity: target.target))
      expectClose(specific.sensitivity, target.sensitivity, absolute: 1e-12, "\(item.name) \(target.target)")
      #expect(specific.specificity >= target.target)
      let sensitive = try #require(roc.point(atSensitivity: target.target))
      expectClose(sensitive.specificity, target.specificity, absolute: 1e-12, "\(item.name) \(target.target)")
      #expect(sensitive.sensitivity >= target.target)
      // The threshold gives what the point says.
      for point in [specific, sensitive] {
        #expect(
          DecisionCounts(scores: item.a, labels: item.positives, threshold: point.threshold) == point.counts)
      }
    }
  }
}

@Test func partialAreasEqualReference() throws {
  for item in try ComparisonReference.load().curves {
    let roc = try #require(ROCCurve(scores: item.a, labels: item.positives))
    for part in item.partial {
      let axis: PartialAUC.Axis = part.axis == "sensitivity" ? .sensitivity : .specificity
      let partial = try #require(PartialAUC(roc, over: axis, in: part.low...part.high))
      expectClose(partial.area, part.area, absolute: 1e-12, "\(item.name) \(part.axis) \(part.low)")
      expectClose(partial.standardised, part.standardised, absolute: 1e-11, "\(item.name) \(part.axis)")
    }
    let whole = try #require(PartialAUC(roc, over: .specificity, in: 0...1))
    expectClose(
      whole.area, try #require(ROC.auc(scores: item.a, labels: item.positives)), absolute: 1e-12, item.name)
  }
  let roc = try #require(ROCCurve(scores: [1, 2], labels: [false, true]))
  for range in [0.5...0.5, -0.1...0.5, 0.5...1.1] {
    #expect(PartialAUC(roc, over: .specificity, in: range) == nil)
  }
  #expect(roc.point(atSpecificity: 1.1) == nil && roc.point(atSensitivity: .nan) == nil)
}

@Test func classesAgainstTheRestEqualReference() throws {
  let rows = try ComparisonReference.load().classes
  #expect(rows.map { $0.p[0].count } == [3, 5, 11])
  for item in rows {
    let each = try #require(OneVsRest(probabilities: item.p, labels: item.labels))
    expectClose([each.macro, each.weighted], [item.macro, item.weighted], absolute: 1e-12)
    let precision = try #require(
      OneVsRest(probabilities: item.p, labels: item.labels) {
        PrecisionRecallCurve(scores: $0, labels: $1)?.averagePrecision
      })
    expectClose(precision.macro, item.macroPrecision, absolute: 1e-12)
    let delong = try #require(DeLong(probabilities: item.p, labels: item.labels))
    expectClose(delong.auc, item.macro, absolute: 1e-12)
    expectClose(delong.variance, item.variance, relative: 1e-9)
    expectClose([delong.interval.lowerBound, delong.interval.upperBound], item.interval, absolute: 1e-10)
  }
}

@Test func aCurveNeedsFiniteScoresOfBothClasses() {
  let bad: [([Double], [Bool])] = [
    ([1, .nan], [true, false]), ([1, .infinity], [true, false]), ([1, 2], [true, true]),
    ([1, 2], [false, false]), ([], []), ([1], [true, false]),
  ]
  for (scores, labels) in bad {
    #expect(ROCCurve(scores: scores, labels: labels) == nil)
    #expect(PrecisionRecallCurve(scores: scores, labels: labels) == nil)
    #expect(DecisionThreshold(sensitivity: 0.9, scores: scores, labels: labels) == nil)
  }
  #expect(OneVsRest(probabilities: [[0.2, .nan, 0.1], [0, 0, 1]], labels: [0, 1]) == nil)
  #expect(OneVsRest(probabilities: [[0.2, 0.7, 0.1], [0, 0, 1]], labels: [0, 1]) == nil)
}
