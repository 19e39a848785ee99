import ZooCore
import ZooFormats

/// A case's volume and its mask as their files hold them, decoded but not yet cut.
public struct Volume: Sendable {
  /// C · D · H · W values.
  let voxels: StoredVoxels
  /// D · H · W values, inside where not zero; nil where no mask was read.
  let mask: StoredVoxels?

  /// A mask has the size of its volume; else a `Problem`.
  init(voxels: StoredVoxels, mask: StoredVoxels?) throws {
    if let mask, mask.axes != voxels.axes {
      throw Problem(
        "shape differs from voxel's", at: mask.place, expected: NDArray.text(of: voxels.axes),
        found: NDArray.text(of: mask.axes))
    }
    self.voxels = voxels
    self.mask = mask
  }
}

extension Volume {
  /// The mask as bytes, inside where not zero, with its [D, H, W] and where it stands; a `Problem` where there is none.
  package func wholeMask() throws -> (inside: [UInt8], axes: [Int], place: String) {
    guard let mask else { throw Problem("there is no mask", at: voxels.place) }
    return (try mask.inside(mask.axes.map { 0..<$0 }), mask.axes, mask.place)
  }
}
