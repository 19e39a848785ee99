import Testing
import ZooStatistics
import ZooTestSupport

@Test func temperaturesEqualReference() throws {
  let rows = try ComparisonReference.load().calibration
  #expect(rows.map { $0.logits[0].count } == [2, 5, 2])
  for item in rows {
    let scaling = try #require(TemperatureScaling(logits: item.logits, labels: item.labels))
    expectClose(scaling.temperature, item.temperature, relative: 1e-10)
    expectClose(scaling.probabilities(ofLogits: item.logits[0]).reduce(0, +), 1, absolute: 1e-12)
    // Logits of the probabilities are the logits but for a constant a case.
    let plain = try #require(TemperatureScaling(temperature: 1))
    let again = item.logits.map {
      TemperatureScaling.logits(ofProbabilities: plain.probabilities(ofLogits: $0))
    }
    let other = try #require(TemperatureScaling(logits: again, labels: item.labels))
    expectClose(other.temperature, item.temperature, relative: 1e-9)
  }
}

@Test func aTemperatureThatDoesNotExistIsNil() throws {
  // All right; no better than chance; constant; malformed.
  #expect(TemperatureScaling(logits: [[2, 0], [0, 1]], labels: [0, 1]) == nil)
  #expect(TemperatureScaling(logits: [[2, 0], [0, 1]], labels: [1, 0]) == nil)
  #expect(TemperatureScaling(logits: [[1, 1], [1, 1]], labels: [0, 1]) == nil)
  #expect(TemperatureScaling(logits: [[1, .nan], [1, 1]], labels: [0, 1]) == nil)
  #expect(TemperatureScaling(logits: [], labels: []) == nil)
  #expect(TemperatureScaling(temperature: 0) == nil && TemperatureScaling(temperature: .infinity) == nil)
  // Far from 1 in either direction, and logits that would overflow.
  for scale in [1e-6, 1e6] {
    let logits = [[2.0, 0], [0, 1], [1, 0]].map { $0.map { $0 * scale } }
    let fit = try #require(TemperatureScaling(logits: logits, labels: [0, 1, 1]))
    let unit = try #require(TemperatureScaling(logits: [[2, 0], [0, 1], [1, 0]], labels: [0, 1, 1]))
    expectClose(fit.temperature / scale, unit.temperature, relative: 1e-9)
  }
}

@Test func plattScalingEqualsReference() throws {
  var fitted = 0
  for item in try ComparisonReference.load().calibration {
    guard let expected = item.platt else { continue }
    let scaling = try #require(
      PlattScaling(scores: item.logits.map { $0[1] - $0[0] }, labels: item.labels.map { $0 == 1 }))
    expectClose([scaling.slope, scaling.intercept], expected, absolute: 1e-9)
    fitted += 1
  }
  #expect(fitted == 2)
}

@Test func plattScalingOfSeparableAndConstantScores() throws {
  let separable = try #require(PlattScaling(scores: [1, 2, 8, 9], labels: [false, false, true, true]))
  #expect(separable.slope > 0 && separable.slope.isFinite)
  // The targets are 3/4 and 1/4, between which the curve has to pass.
  expectClose(separable.probability(of: 5), 0.5, absolute: 1e-9)
  let constant = try #require(PlattScaling(scores: [4, 4, 4], labels: [true, false, false]))
  #expect(constant.slope == 0)
  // One target of 2/3 and two of 1/4.
  expectClose(constant.probability(of: 4), (2.0 / 3 + 0.5) / 3, absolute: 1e-12)
  #expect(PlattScaling(scores: [1, .nan], labels: [true, false]) == nil)
  #expect(PlattScaling(scores: [1, 2], labels: [true, true]) == nil)
  #expect(PlattScaling(scores: [1], labels: [true, false]) == nil)
}

@Test func reliabilityEqualsReference() throws {
  var compared = 0
  for item in try ComparisonReference.load().calibration {
    for (binning, expected) in [
      (ReliabilityCurve.Binning.equalWidth, item.uniform), (.equalCount, item.quantile),
    ] {
      guard let expected, let probabilities = item.probabilities else { continue }
      let curve = try #require(
        ReliabilityCurve(
          probabilities: probabilities, labels: item.labels.map { $0 == 1 }, bins: expected.bins,
          binning: binning))
      expectClose(curve.bins.map(\.rate.value), expected.rate, absolute: 1e-12)
      expectClose(curve.bins.map(\.probability), expected.probability, absolute: 1e-12)
      #expect(curve.bins.map(\.rate.cases) == expected.cases)
      expectClose(curve.expectedError, expected.expectedError, absolute: 1e-12)
      expectClose(curve.maximumError, expected.maximumError, absolute: 1e-12)
      compared += 1
    }
  }
  #expect(compared == 4)
}

@Test func topLabelsEqualReference() throws {
  for item in try ComparisonReference.load().classes {
    let top = try #require(TopLabel(probabilities: item.p, labels: item.labels))
    let curve = try #require(ReliabilityCurve(probabilities: top.confidences, labels: top.right, bins: 8))
    expectClose(curve.bins.map(\.probability), item.confidence, absolute: 1e-12)
    expectClose(curve.bins.map(\.rate.value), item.right, absolute: 1e-12)
  }
}

@Test func reliabilityOfTiesAndOfFewCases() throws {
  for binning in [ReliabilityCurve.Binning.equalWidth, .equalCount] {
    let ties = try #require(
      ReliabilityCurve(
        probabilities: [0.5, 0.5, 0.5], labels: [true, false, false], bins: 10, binning: binning))
    #expect(ties.bins.count == 1 && ties.bins[0].rate == Rate(1, of: 3))
    let one = try #require(ReliabilityCurve(probabilities: [1], labels: [true], bins: 1, binning: binning))
    #expect(one.expectedError == 0)
    for (p, y) in [([1.1], [true]), ([.nan], [true]), ([], []), ([0.5], [])] as [([Double], [Bool])] {
      #expect(ReliabilityCurve(probabilities: p, labels: y, binning: binning) == nil)
    }
    #expect(ReliabilityCurve(probabilities: [0.5], labels: [true], bins: 0, binning: binning) == nil)
  }
}
