#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A symmetric 3 × 3 matrix, by its diagonal and the elements beside it.
struct SymmetricMatrix: Hashable, Sendable {
  var xx = 0.0
  var yy = 0.0
  var zz = 0.0
  var xy = 0.0
  var xz = 0.0
  var yz = 0.0

  /// The three eigenvalues, largest first, in closed form (O. K. Smith 1961).
  var eigenvalues: [Double] {
    let mean = (xx + yy + zz) / 3
    let (a, b, c) = (xx - mean, yy - mean, zz - mean)
    let radius = ((a * a + b * b + c * c + 2 * (xy * xy + xz * xz + yz * yz)) / 6).squareRoot()
    guard radius > 0 else { return [mean, mean, mean] }
    let determinant = a * (b * c - yz * yz) - xy * (xy * c - yz * xz) + xz * (xy * yz - b * xz)
    // Rounding may bring the cosine a little outside its range.
    let angle = acos(max(-1, min(1, determinant / (2 * radius * radius * radius)))) / 3
    let largest = mean + 2 * radius * cos(angle)
    let smallest = mean + 2 * radius * cos(angle + 2 * .pi / 3)
    return [largest, 3 * mean - largest - smallest, smallest]
  }
}
