import ZooCore

/// Bends the sample smoothly (after Simard, Steinkraus and Platt 2003, with cubic B-splines in place of a filter): a
/// coarse grid of displacements, each uniform, and what lies between them.
struct Elastic: GeometricStep {
  static let type = "elastic"
  static let summary =
    "bend smoothly; voxels (2): the largest displacement along each axis, spacing (8): voxels between those drawn"
  let voxels: Double
  let spacing: Double

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    voxels = try options.number("voxels", in: 0...32, default: 2)
    spacing = try options.number("spacing", in: 2...128, default: 8)
  }

  var options: [String: JSONValue] { ["voxels": .number(voxels), "spacing": .number(spacing)] }

  func draw(_ strength: Strength, from draws: inout RandomStream, into geometry: inout Geometry) {
    // Its displacements differ from each other; only a strength that is given makes all of them smaller.
    let share = if case .fixed(let share) = strength { share } else { 1.0 }
    geometry.bend(by: voxels * share, from: draws)
  }

  func extend(_ reach: inout Reach) { reach.displacement = max(reach.displacement, voxels) }
}
