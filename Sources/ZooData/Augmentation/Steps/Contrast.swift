import ZooCore

/// Moves values from their mean or towards it, within their range.
struct Contrast: IntensityStep {
  static let type = "contrast"
  static let summary =
    "multiply distances from the mean, clipped to the range; factor (1.5): from 1 / factor to factor"
  let factor: Double

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    factor = try options.number("factor", in: 1...10, default: 1.5)
  }

  var options: [String: JSONValue] { ["factor": .number(factor)] }

  func apply(_ strength: Strength, from draws: inout RandomStream, to sample: SampleView) {
    sample.spread(by: strength.factor(upTo: factor, from: &draws))
  }
}
