import ZooCore

/// Shifts the crop's centre by up to some voxels along each axis.
struct Shift: GeometricStep {
  /// `shift`
  static let type = "shift"
  /// One line for people.
  static let summary = "shift the crop's centre; voxels (3): the most along each axis"
  let voxels: Int

  /// Reads `voxels`.
  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    voxels = try options.integer("voxels", in: 1...64, default: 3)
  }

  /// `voxels`
  var options: [String: JSONValue] { ["voxels": .number(Double(voxels))] }

  /// Draws a shift along each axis.
  func draw(_ strength: Strength, from draws: inout RandomStream, into geometry: inout Geometry) {
    let depth = strength.whole(upTo: voxels, from: &draws)
    let height = strength.whole(upTo: voxels, from: &draws)
    geometry.shift(by: (depth, height, strength.whole(upTo: voxels, from: &draws)))
  }

  /// Reads as far out as it shifts.
  func extend(_ reach: inout Reach) { reach.shift += voxels }
}
