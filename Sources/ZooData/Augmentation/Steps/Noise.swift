import ZooCore

/// Adds Gaussian noise.
struct Noise: IntensityStep {
  static let type = "noise"
  static let summary = "add Gaussian noise; std (0.1): the most, as a share of the sample's range of values"
  let deviation: Double

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    deviation = try options.number("std", in: 0...10, default: 0.1)
  }

  var options: [String: JSONValue] { ["std": .number(deviation)] }

  func apply(_ strength: Strength, from draws: inout RandomStream, to sample: SampleView) {
    sample.addNoise(deviation * strength.share(from: &draws), from: &draws)
  }
}
