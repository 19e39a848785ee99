/// A symmetric 3 × 3 matrix.
struct SymmetricMatrix: Hashable, Sendable {
  private var rows: [[Double]]

  /// The matrix by its diagonal and the elements beside it.
  init(xx: Double, yy: Double, zz: Double, xy: Double, xz: Double, yz: Double) {
    rows = [[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]
  }

  /// The three eigenvalues, largest first, by Jacobi's rotations: small ones keep their digits beside large ones, which
  /// they lose in the closed form.
  var eigenvalues: [Double] {
    var copy = self
    // Each sweep squares what is left beside the diagonal; six are enough for any matrix.
    for _ in 0..<6 {
      for (p, q) in [(0, 1), (0, 2), (1, 2)] { copy.rotate(p, q) }
    }
    return (0..<3).map { copy.rows[$0][$0] }.sorted(by: >)
  }

  /// Turns the axes p and q so that the element between them vanishes.
  private mutating func rotate(_ p: Int, _ q: Int) {
    guard rows[p][q] != 0 else { return }
    let theta = (rows[q][q] - rows[p][p]) / (2 * rows[p][q])
    let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    let (other, shift) = (3 - p - q, tangent * rows[p][q])
    rows[p][p] -= shift
    rows[q][q] += shift
    let (a, b) = (rows[p][other], rows[q][other])
    rows[p][other] = cosine * a - sine * b
    rows[q][other] = sine * a + cosine * b
    rows[other][p] = rows[p][other]
    rows[other][q] = rows[q][other]
    rows[p][q] = 0
    rows[q][p] = 0
  }
}
