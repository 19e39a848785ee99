import Testing
import ZooExplanation
import ZooGraph
import ZooModels
import ZooStatistics
import ZooTestSupport

/// The probability that is told is the one that `predict` writes.
@Test func probabilitiesAreCalibrated() throws {
  var model = try singleWeight([2, 2, 2], voxel: 5)
  let sample: [Float] = [0, 0, 0, 0, 0, 3, 0, 0]
  model.calibration = Calibration(
    method: .temperature(try #require(TemperatureScaling(temperature: 2))), cases: 10)
  let explainer = try AttributionMethod.occlusion().explainer(of: model, threads: 1)
  // 1 / (1 + e^(−3/2))
  expectClose(try explainer.probabilities(of: sample), [0.182425524, 0.817574476], absolute: 1e-6)
}
