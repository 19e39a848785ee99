import ZooCore

/// What the original's `mirror_flip` does in truth: it exchanges two NumPy views of the same memory,
///
///     a[:n//2], a[n//2:] = a[n//2:][::-1], a[:n//2][::-1]
///
/// and the second assignment reads what the first has written. So the upper half of the axis stays and the lower one
/// becomes its mirror image; along two axes a quarter of the voxels makes the sample. With an odd n, which NumPy
/// refuses, the middle stays too.
struct OriginalMirror: GeometricStep {
  /// `original_mirror`
  static let type = "original_mirror"
  /// One line for people.
  static let summary =
    "the original's mirror_flip, which makes a mirror-symmetric sample out of a quarter of the voxels; axes ([0, 1])"
  let axes: [Int]

  /// Reads `axes`.
  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    axes = try options.axes("axes", default: [0, 1])
  }

  /// `axes`
  var options: [String: JSONValue] { ["axes": .array(axes.map { .number(Double($0)) })] }

  /// Folds its axes; nothing is drawn.
  func draw(_ strength: Strength, from draws: inout RandomStream, into geometry: inout Geometry) {
    for axis in axes { geometry.fold(axis) }
  }
}
