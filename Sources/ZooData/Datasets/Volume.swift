import ZooCore
import ZooFormats
import ZooVolume

/// A case's volume and its mask as their files hold them, decoded but not yet cut.
public struct Volume: Sendable {
  /// C · D · H · W values.
  let voxels: StoredVoxels
  /// D · H · W values, inside where not zero; nil where no mask was read.
  let mask: StoredVoxels?
  /// Whether a crop lies about the middle of the mask instead of the volume's.
  let isCentredOnMask: Bool

  /// A mask has the size of its volume and lies where it lies; else a `Problem`.
  init(voxels: StoredVoxels, mask: StoredVoxels?, isCentredOnMask: Bool = false) throws {
    if let mask, mask.axes != voxels.axes || mask.channels != 1 {
      throw Problem(
        "shape differs from voxel's", at: mask.place, expected: NDArray.text(of: voxels.axes),
        found: NDArray.text(of: (mask.channels > 1 ? [mask.channels] : []) + mask.axes))
    }
    if let own = voxels.affine, let other = mask?.affine, Volume.distance(own, other, voxels.axes) > 0.5 {
      throw Problem(
        "the mask lies elsewhere than its volume", at: mask?.place,
        expected: "the same affine to half a voxel",
        next: "resample it to the volume")
    }
    self.voxels = voxels
    self.mask = mask
    self.isCentredOnMask = isCentredOnMask
  }

  /// How far apart two grids put the same voxel at most, in voxels.
  private static func distance(_ a: Affine, _ b: Affine, _ axes: [Int]) -> Double {
    guard let back = a.inverse else { return 0 }
    let map = back.after(b)
    return (0..<8).map { corner in
      let index = (0..<3).map { corner >> $0 & 1 == 0 ? 0 : Double(axes[2 - $0] - 1) }
      let point = SIMD3(index[0], index[1], index[2])
      let difference = map(point) - point
      return max(abs(difference.x), abs(difference.y), abs(difference.z))
    }.max() ?? 0
  }
}

extension Volume {
  /// The mask as bytes, inside where not zero, with its [D, H, W] and where it stands; a `Problem` where there is none.
  package func wholeMask() throws -> (inside: [UInt8], axes: [Int], place: String) {
    guard let mask else { throw Problem("there is no mask", at: voxels.place) }
    return (try mask.inside(mask.bounds), mask.axes, mask.place)
  }
}

extension Volume {
  /// The values of every channel where the mask, as `wholeMask` gives it, is not zero, in C order.
  package func valuesInside(_ mask: [UInt8]) throws -> [[Float]] {
    let inside = mask.indices.filter { mask[$0] != 0 }
    let values = try voxels.floats(voxels.bounds)
    return (0..<voxels.channels).map { channel in inside.map { values[channel * mask.count + $0] } }
  }
}
