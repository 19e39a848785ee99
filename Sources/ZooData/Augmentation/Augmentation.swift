public import ZooCore

/// What training may do to a sample that leaves its label true: shift the crop, turn and mirror it.
///
/// A draw depends on seed, epoch and case alone, so it can be repeated, in any order and on any thread.
public struct Augmentation: Hashable, Sendable {
  /// Largest shift of the crop's centre along each axis, in voxels.
  public let shift: Int
  /// Whether the crop is turned by 90° about the three axes and mirrored: one of 48 symmetries.
  public let symmetries: Bool

  /// An augmentation; the shift is not negative.
  public init(shift: Int, symmetries: Bool) {
    precondition(shift >= 0, "a shift is not negative")
    self.shift = shift
    self.symmetries = symmetries
  }

  /// Nothing: the centre crop as it is.
  public static let none = Augmentation(shift: 0, symmetries: false)

  /// Shifts of up to three voxels and all symmetries.
  public static let standard = Augmentation(shift: 3, symmetries: true)

  /// The placement of a case in an epoch, for crops of [D, H, W]; all shifts and symmetries are equally likely.
  ///
  /// Axes of different sizes are not exchanged. Allocates nothing.
  public func placement(of index: Int, epoch: Int, seed: Seed, size: [Int]) -> Placement {
    var draws = seed.child("augmentation").child(epoch).child(index).stream()
    let width = 2 * shift + 1
    let offsets = (
      draws.index(below: width) - shift, draws.index(below: width) - shift, draws.index(below: width) - shift
    )
    let symmetry = symmetries ? CubeSymmetry.random(of: size, from: &draws) : .identity
    return Placement(shift: offsets, symmetry: symmetry)
  }
}
