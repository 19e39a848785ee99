import ZooCore

/// Hides a box (DeVries and Taylor 2017): voxels become padding, or zero where the mask is multiplied in, and the mask
/// zero.
struct Cutout: IntensityStep {
  static let type = "cutout"
  static let summary = "hide a box anywhere; share (0.5): its longest edge, as a share of the crop's"
  let share: Double

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    share = try options.number("share", in: 0...1, default: 0.5)
  }

  var options: [String: JSONValue] { ["share": .number(share)] }

  func apply(_ strength: Strength, from draws: inout RandomStream, to sample: SampleView) {
    let edge = share * strength.share(from: &draws)
    let size = sample.size
    let d = Range(edge: edge, of: size[0], from: &draws)
    let h = Range(edge: edge, of: size[1], from: &draws)
    sample.hide(d, h, Range(edge: edge, of: size[2], from: &draws))
  }
}

extension Range<Int> {
  /// A span of an axis of n positions about a drawn one, as long as a share of the axis where it does not reach over
  /// the ends.
  init(edge: Double, of n: Int, from draws: inout RandomStream) {
    let length = Int((edge * Double(n)).rounded())
    let start = draws.index(below: n) - length / 2
    self = Swift.max(0, start)..<Swift.max(0, Swift.min(n, start + length))
  }
}
