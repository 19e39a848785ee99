import ZooCore

/// Raises values to a power, within their range.
struct Gamma: IntensityStep {
  static let type = "gamma"
  static let summary =
    "raise values, as shares of their range, to a power; factor (1.5): from 1 / factor to factor"
  let factor: Double

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    factor = try options.number("factor", in: 1...10, default: 1.5)
  }

  var options: [String: JSONValue] { ["factor": .number(factor)] }

  func apply(_ strength: Strength, from draws: inout RandomStream, to sample: SampleView) {
    sample.raise(to: strength.factor(upTo: factor, from: &draws))
  }
}
