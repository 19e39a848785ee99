internal import COpenBLAS

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Weights and an intercept for one class against the others, over features already standardised.
struct BinaryLogistic: Hashable, Sendable {
  /// The intercept, then one weight a feature.
  private(set) var weights: [Double]

  /// Fits by Newton's method, which is iteratively reweighted least squares, with halved steps; nil where it does not arrive within 200 steps.
  ///
  /// A target is the chance that a case is of the class, 0 or 1 where it is known.
  init?(rows: [[Double]], targets: [Double], ridge: Double) {
    weights = [Double](repeating: 0, count: (rows.first?.count ?? 0) + 1)
    var value = objective(rows, targets, ridge)
    for _ in 0..<200 {
      let (gradient, hessian) = derivatives(rows, targets, ridge)
      guard let step = BinaryLogistic.solve(hessian, gradient) else { return nil }
      let start = weights
      weights = zip(start, step).map { $0 - $1 }
      // Twice what is left to gain. Once it is this little, the step just taken squares the distance away.
      if zip(gradient, step).reduce(0, { $0 + $1.0 * $1.1 }) <= 1e-14 * (1 + value) { return }
      var fraction = 1.0
      // The allowance is for the rounding of the sum.
      while objective(rows, targets, ridge) > value * (1 + 1e-12), fraction > 1e-9 {
        fraction /= 2
        weights = zip(start, step).map { $0 - fraction * $1 }
      }
      value = objective(rows, targets, ridge)
    }
    return nil
  }

  /// The log odds of a case.
  func logit(of row: [Double]) -> Double {
    var sum = weights[0]
    for index in row.indices { sum += weights[index + 1] * row[index] }
    return sum
  }

  /// The sum of the log losses plus half the ridge times the squared weights.
  private func objective(_ rows: [[Double]], _ targets: [Double], _ ridge: Double) -> Double {
    var sum = 0.5 * ridge * weights.dropFirst().reduce(0) { $0 + $1 * $1 }
    for (row, target) in zip(rows, targets) {
      let x = logit(of: row)
      // −target · ln p − (1 − target) · ln(1 − p), each part without cancellation.
      sum += target * max(-x, 0) + (1 - target) * max(x, 0) + log1p(exp(-abs(x)))
    }
    return sum
  }

  /// Solves A x = b for a symmetric positive definite A by LAPACK; nil where it is not.
  private static func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    var (factor, x) = (matrix, right)
    guard zoo_solve_positive(Int64(x.count), &factor, &x) == 0, x.allSatisfy(\.isFinite) else { return nil }
    return x
  }

  /// Gradient and lower half of the Hessian of the objective, d + 1 values and d + 1 rows of as many.
  private func derivatives(
    _ rows: [[Double]], _ targets: [Double], _ ridge: Double
  ) -> (gradient: [Double], hessian: [Double]) {
    let size = weights.count
    var gradient = weights.map { ridge * $0 }
    gradient[0] = 0
    var hessian = [Double](repeating: 0, count: size * size)
    for index in 1..<max(size, 1) { hessian[index * size + index] = ridge }
    for (row, target) in zip(rows, targets) {
      let x = logit(of: row)
      let p = logistic(x)
      // 1 − p by the mirrored function, so that a probability near 1 keeps a curvature.
      let residual = (1 - target) * p - target * logistic(-x)
      let curvature = p * logistic(-x)
      for i in 0..<size {
        let left = i == 0 ? 1 : row[i - 1]
        gradient[i] += residual * left
        for j in 0...i { hessian[i * size + j] += curvature * left * (j == 0 ? 1 : row[j - 1]) }
      }
    }
    return (gradient, hessian)
  }
}
