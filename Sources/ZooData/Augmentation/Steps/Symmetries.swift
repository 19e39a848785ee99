import ZooCore

/// Turns and mirrors the sample: one of the 48 symmetries of the cube, all equally likely.
struct Symmetries: GeometricStep {
  /// `symmetries`
  static let type = "symmetries"
  /// One line for people.
  static let summary = "one of the 48 turns and mirrorings of the cube, of those that keep the crop's shape"

  /// Has no options.
  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {}

  /// None
  var options: [String: JSONValue] { [:] }

  /// Draws a symmetry of the crop's shape.
  func draw(_ strength: Strength, from draws: inout RandomStream, into geometry: inout Geometry) {
    geometry.turn(by: .random(of: geometry.size, from: &draws))
  }
}
