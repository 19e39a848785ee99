#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// How far out of the crop the steps of an augmentation may read.
public struct Reach: Hashable, Sendable {
  /// Voxels by which the crop is shifted, at most.
  public var shift = 0
  /// Voxels by which a displacement moves a voxel along each axis, at most.
  public var displacement = 0.0
  /// Radians by which the sample is rotated about any axis, at most.
  public var angle = 0.0
  /// The factor by which it is made smaller, at most.
  public var shrinking = 1.0

  /// Voxels a crop of [D, H, W] needs around it on each side.
  func margin(of size: [Int]) -> Int {
    let halves = size.map { Double($0 - 1) / 2 + displacement }
    let radius = halves.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let beyond = zip(size, halves).map { size, half in
      // A corner comes as far along an axis as the angle allows that lies between the two.
      let corner = radius > 0 ? acos(min(1, half / radius)) : 0
      return shrinking * radius * cos(max(0, corner - angle)) - Double(size - 1) / 2
    }
    // Rounding errors are no reason for another voxel.
    return shift + Int(max(0, (beyond.max() ?? 0) - 1e-9).rounded(.up))
  }
}
