import ZooCore
import ZooVolume

/// The fields of a NIfTI header that say where in the body a voxel lies.
struct NIfTIGeometry {
  private let pixdim: [Double]
  private let qform: Int
  private let sform: Int
  private let quaternion: SIMD3<Double>
  private let offset: SIMD3<Double>
  private let rows: [[Double]]
  /// Millimetres of the header's unit of length.
  private let unit: Double

  init(_ fields: HeaderFields, isFirst: Bool) {
    func number(_ first: Int, _ second: Int, _ index: Int) -> Double {
      isFirst ? fields.float(at: first + 4 * index) : fields.double(at: second + 8 * index)
    }
    pixdim = (0..<4).map { number(76, 104, $0) }
    qform = isFirst ? fields.integer(Int16.self, at: 252) : fields.integer(Int32.self, at: 344)
    sform = isFirst ? fields.integer(Int16.self, at: 254) : fields.integer(Int32.self, at: 348)
    quaternion = SIMD3(number(256, 352, 0), number(256, 352, 1), number(256, 352, 2))
    offset = SIMD3(number(268, 376, 0), number(268, 376, 1), number(268, 376, 2))
    rows = (0..<3).map { row in (0..<4).map { number(280, 400, 4 * row + $0) } }
    let code = (isFirst ? fields.integer(UInt8.self, at: 123) : fields.integer(Int32.self, at: 500)) & 7
    unit = code == 1 ? 1000 : code == 3 ? 0.001 : 1
  }

  /// The sform, else the qform, else the voxels' sizes with x from right to left, as nibabel and SPM take it.
  func affine() throws -> Affine {
    let (affine, name) =
      sform > 0
      ? (fromRows, "sform") : qform > 0 ? (try fromQuaternion(), "qform") : (try fromSizes(), "pixdim")
    let scaled = Affine(columns: affine.columns.map { $0 * unit }, origin: affine.origin * unit)
    let numbers = (scaled.columns + [scaled.origin]).flatMap { [$0.x, $0.y, $0.z] }
    guard numbers.allSatisfy({ $0.isFinite && abs($0) < 1e12 }), scaled.nearestAxes != nil else {
      throw Problem(
        "the \(name) does not say where voxels lie", expected: "three directions, and numbers",
        next: "save the file anew with a sound affine")
    }
    return scaled
  }

  private var fromRows: Affine {
    Affine(
      columns: (0..<3).map { SIMD3(rows[0][$0], rows[1][$0], rows[2][$0]) },
      origin: SIMD3(rows[0][3], rows[1][3], rows[2][3]))
  }

  private func sizes() throws -> [Double] {
    let sizes = pixdim[1...].map(abs)
    guard sizes.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw Problem(
        "wrong voxel sizes", expected: "three numbers above 0 in pixdim",
        found: pixdim[1...].map { "\($0)" }.joined(separator: " "))
    }
    return sizes
  }

  private func fromSizes() throws -> Affine {
    let sizes = try sizes()
    return Affine(
      columns: [SIMD3(-sizes[0], 0, 0), SIMD3(0, sizes[1], 0), SIMD3(0, 0, sizes[2])], origin: .zero)
  }

  private func fromQuaternion() throws -> Affine {
    var (b, c, d) = (quaternion.x, quaternion.y, quaternion.z)
    let square = b * b + c * c + d * d
    guard square.isFinite, square < 1.01 else {
      throw Problem(
        "wrong quaternion in the qform", expected: "a length of 1 at most", found: "\(square.squareRoot())")
    }
    if square > 1 {
      let length = square.squareRoot()
      (b, c, d) = (b / length, c / length, d / length)
    }
    let a = max(0, 1 - (b * b + c * c + d * d)).squareRoot()
    let sizes = try sizes()
    let handed = pixdim[0] < 0 ? -1.0 : 1
    return Affine(
      columns: [
        sizes[0] * SIMD3(a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)),
        sizes[1] * SIMD3(2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)),
        handed * sizes[2] * SIMD3(2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - c * c - b * b),
      ], origin: offset)
  }
}
