/// A linear map of space and a shift: from indices of voxels to millimetres, and the like.
public struct Affine: Hashable, Sendable {
  /// The images of the three axes.
  public var columns: [SIMD3<Double>]
  /// The image of the origin.
  public var origin: SIMD3<Double>

  /// A map by the images of its axes and of the origin.
  public init(columns: [SIMD3<Double>], origin: SIMD3<Double>) {
    precondition(columns.count == 3, "three axes")
    self.columns = columns
    self.origin = origin
  }

  /// The image of a point.
  public func callAsFunction(_ point: SIMD3<Double>) -> SIMD3<Double> {
    origin + columns[0] * point.x + columns[1] * point.y + columns[2] * point.z
  }

  /// The map backwards; nil where space is made flat.
  public var inverse: Affine? {
    let normals = (0..<3).map { cross(columns[($0 + 1) % 3], columns[($0 + 2) % 3]) }
    let volume = (columns[0] * normals[0]).sum()
    guard volume.isFinite, abs(volume) > 1e-30 else { return nil }
    let rows = normals.map { $0 / volume }
    let inverse = (0..<3).map { SIMD3(rows[0][$0], rows[1][$0], rows[2][$0]) }
    let back = Affine(columns: inverse, origin: .zero)
    return Affine(columns: inverse, origin: -back(origin))
  }

  /// First another map, then this one.
  public func after(_ first: Affine) -> Affine {
    let linear = Affine(columns: columns, origin: .zero)
    return Affine(columns: first.columns.map { linear($0) }, origin: self(first.origin))
  }

  /// For each axis the one of space that it runs along most nearly, and whether it runs against it; every axis of space once.
  ///
  /// As nibabel's `io_orientation`: of the nearest rotation the strongest axis chooses first. Nil where space is made flat.
  public var nearestAxes: [(axis: Int, isReversed: Bool)]? {
    var rotation = columns.map { $0 / max(($0 * $0).sum().squareRoot(), 1e-300) }
    // Newton's iteration for the polar decomposition (Higham): the mean of a matrix and its inverse transposed.
    for _ in 0..<100 {
      let normals = (0..<3).map { cross(rotation[($0 + 1) % 3], rotation[($0 + 2) % 3]) }
      let volume = (rotation[0] * normals[0]).sum()
      guard volume.isFinite, abs(volume) > 1e-12 else { return nil }
      rotation = (0..<3).map { (rotation[$0] + normals[$0] / volume) / 2 }
    }
    var free: Set<Int> = [0, 1, 2]
    var result = [(axis: Int, isReversed: Bool)](repeating: (0, false), count: 3)
    let strengths = rotation.map { max(abs($0.x), abs($0.y), abs($0.z)) }
    for index in (0..<3).sorted(by: { (-strengths[$0], $0) < (-strengths[$1], $1) }) {
      let column = rotation[index]
      guard let axis = free.sorted().max(by: { abs(column[$0]) < abs(column[$1]) }) else { return nil }
      free.remove(axis)
      result[index] = (axis, column[axis] < 0)
    }
    return result
  }

  private func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }
}
