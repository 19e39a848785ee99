import ZooCore

/// Blurs with a Gaussian.
struct Blur: IntensityStep {
  static let type = "blur"
  static let summary = "blur with a Gaussian; sigma (1): the most, in voxels"
  let sigma: Double

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    sigma = try options.number("sigma", in: 0...SampleView.largestSigma, default: 1)
  }

  var options: [String: JSONValue] { ["sigma": .number(sigma)] }

  func apply(_ strength: Strength, from draws: inout RandomStream, to sample: SampleView) {
    sample.blur(sigma: sigma * strength.share(from: &draws))
  }
}
