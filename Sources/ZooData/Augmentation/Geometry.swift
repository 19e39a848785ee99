public import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// How a sample's voxels are taken out of a case, as its geometric steps have drawn it.
///
/// In this order, whatever that of the steps: the crop is shifted; rotated, zoomed and bent, all at once; turned by a
/// symmetry; folded. Without the second voxels are moved, not computed.
public struct Geometry: Sendable {
  /// [D, H, W] of the sample.
  public let size: [Int]
  /// Voxels by which the crop's centre is shifted along D, H and W.
  public private(set) var shift = (depth: 0, height: 0, width: 0)
  /// Columns of the matrix that leads from the sample, about its centre, into the volume.
  private(set) var columns = (SIMD3<Double>(1, 0, 0), SIMD3<Double>(0, 1, 0), SIMD3<Double>(0, 0, 1))
  /// Where the displacements come from, which apply before the matrix.
  private(set) var bend: Bend?
  /// How the crop is turned.
  public private(set) var symmetry = CubeSymmetry.identity
  /// Which half of each axis of the turned sample is kept.
  private(set) var folds = (Fold.none, Fold.none, Fold.none)
  /// Whether every voxel of the sample is one of the volume.
  public private(set) var isExact = true

  /// The half of an axis that is kept; the other becomes its mirror image.
  enum Fold { case none, upper, lower }

  /// Displacements that are drawn when they are needed.
  struct Bend: Sendable {
    let most: Double
    let draws: RandomStream
  }

  /// The centre crop as it is.
  public init(size: [Int]) { self.size = size }

  /// Shifts the crop.
  public mutating func shift(by voxels: (Int, Int, Int)) {
    shift = (shift.depth + voxels.0, shift.height + voxels.1, shift.width + voxels.2)
  }

  /// Rotates about an axis, a unit vector, through the centre (Rodrigues' formula).
  public mutating func rotate(about axis: SIMD3<Double>, by radians: Double) {
    let (s, c) = (sin(radians), cos(radians))
    let outer = (axis * axis.x * (1 - c), axis * axis.y * (1 - c), axis * axis.z * (1 - c))
    multiply(
      outer.0 + SIMD3(c, s * axis.z, -s * axis.y), outer.1 + SIMD3(-s * axis.z, c, s * axis.x),
      outer.2 + SIMD3(s * axis.y, -s * axis.x, c))
  }

  /// Makes what is seen larger by a factor, about the centre.
  public mutating func zoom(by factor: Double) {
    multiply(SIMD3(1 / factor, 0, 0), SIMD3(0, 1 / factor, 0), SIMD3(0, 0, 1 / factor))
  }

  /// Bends the sample by displacements of up to some voxels along each axis.
  public mutating func bend(by most: Double, from draws: RandomStream) {
    bend = Bend(most: most, draws: draws)
    isExact = false
  }

  /// Turns the sample as it is now.
  public mutating func turn(by next: CubeSymmetry) {
    symmetry = symmetry.followed(by: next)
    let (a, b, c) = next.axes
    folds = (
      fold(along: a).turned(next.isReversed(0)), fold(along: b).turned(next.isReversed(1)),
      fold(along: c).turned(next.isReversed(2))
    )
  }

  /// Keeps the upper half of an axis and puts its mirror image in the place of the other.
  public mutating func fold(_ axis: Int) {
    // What is mirror-symmetric already stays as it is.
    guard fold(along: axis) == .none else { return }
    switch axis {
    case 0: folds.0 = .upper
    case 1: folds.1 = .upper
    default: folds.2 = .upper
    }
  }

  /// The shift and the symmetry.
  public var placement: Placement { Placement(shift: shift, symmetry: symmetry) }

  func fold(along axis: Int) -> Fold { axis == 0 ? folds.0 : axis == 1 ? folds.1 : folds.2 }

  /// The matrix times another, given by its columns.
  private mutating func multiply(_ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>) {
    columns = (apply(a), apply(b), apply(c))
    isExact = false
  }

  /// The matrix times a vector.
  private func apply(_ v: SIMD3<Double>) -> SIMD3<Double> {
    columns.0 * v.x + columns.1 * v.y + columns.2 * v.z
  }
}

extension Geometry.Fold {
  /// The fold of an axis that is reversed afterwards, or not.
  fileprivate func turned(_ isReversed: Bool) -> Geometry.Fold {
    guard isReversed else { return self }
    switch self {
    case .none: return .none
    case .upper: return .lower
    case .lower: return .upper
    }
  }
}
