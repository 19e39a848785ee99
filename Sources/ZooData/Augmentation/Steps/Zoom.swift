import ZooCore

/// Makes what is seen larger or smaller, about the centre.
struct Zoom: GeometricStep {
  static let type = "zoom"
  static let summary = "enlarge or shrink; factor (1.2): from 1 / factor to factor, its logarithm uniform"
  let factor: Double

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    factor = try options.number("factor", in: 1...4, default: 1.2)
  }

  var options: [String: JSONValue] { ["factor": .number(factor)] }

  func draw(_ strength: Strength, from draws: inout RandomStream, into geometry: inout Geometry) {
    geometry.zoom(by: strength.factor(upTo: factor, from: &draws))
  }

  func extend(_ reach: inout Reach) { reach.shrinking *= factor }
}
