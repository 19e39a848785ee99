import ZooCore

/// The original's turns: NumPy's `rot90` about three pairs of axes, each by a drawn number of quarters, then a flip
/// along one axis or none.
///
/// All 48 symmetries are reached, but by 2, 4, 6 or 12 of the 256 draws: some are six times as likely as others.
/// `symmetries` draws them evenly.
struct Rot90Flip: GeometricStep {
  /// `rot90_flip`
  static let type = "rot90_flip"
  /// One line for people.
  static let summary = "the original's three rot90 and one flip: favours some of the 48 symmetries up to 6:1"

  /// Has no options.
  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {}

  /// None
  var options: [String: JSONValue] { [:] }

  /// Draws quarters and flip; axes of different sizes are turned by halves.
  func draw(_ strength: Strength, from draws: inout RandomStream, into geometry: inout Geometry) {
    let size = geometry.size
    func quarters(_ first: Int, _ second: Int) -> Int {
      let drawn = draws.index(below: 4)
      return size[first] == size[second] ? drawn : 2 * (drawn % 2)
    }
    let (a, b, c) = (quarters(0, 1), quarters(0, 2), quarters(1, 2))
    geometry.turn(by: .rot90Flip(quarters: (a, b, c), flip: draws.index(below: 4) - 1))
  }
}

extension CubeSymmetry {
  /// What a draw of `rot90_flip` does: quarters about the axes (0, 1), (0, 2) and (1, 2), and the flipped axis, −1 for
  /// none.
  package static func rot90Flip(quarters: (Int, Int, Int), flip: Int) -> CubeSymmetry {
    let turned = turn(quarters.0, 0, 1).followed(by: turn(quarters.1, 0, 2)).followed(
      by: turn(quarters.2, 1, 2))
    return flip < 0 ? turned : turned.followed(by: mirror(flip))
  }
}
