import ZooCore

/// Rotates the sample by any angle, about an axis through its centre that may point anywhere.
struct Rotate: GeometricStep {
  static let type = "rotate"
  static let summary = "rotate about a random axis; degrees (15): the most, either way"
  let degrees: Double

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    degrees = try options.number("degrees", in: 0...180, default: 15)
  }

  var options: [String: JSONValue] { ["degrees": .number(degrees)] }

  func draw(_ strength: Strength, from draws: inout RandomStream, into geometry: inout Geometry) {
    // Three normal numbers point everywhere alike.
    let (x, y) = draws.normalPair()
    var axis = SIMD3(x, y, draws.normal())
    let length = (axis * axis).sum().squareRoot()
    axis = length > 0 ? axis / length : SIMD3(0, 0, 1)
    geometry.rotate(about: axis, by: strength.signedShare(from: &draws) * degrees * .pi / 180)
  }

  func extend(_ reach: inout Reach) { reach.angle += degrees * .pi / 180 }
}
