#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Weights and an intercept for one class against the others, over features already standardised.
struct BinaryLogistic: Hashable, Sendable {
  /// The intercept, then one weight a feature.
  private(set) var weights: [Double]

  /// Fits by Newton's method with halved steps; nil where it does not arrive within 200 steps.
  ///
  /// A target is the chance that a case is of the class, 0 or 1 where it is known.
  init?(rows: [[Double]], targets: [Double], ridge: Double) {
    weights = [Double](repeating: 0, count: (rows.first?.count ?? 0) + 1)
    var value = objective(rows, targets, ridge)
    for _ in 0..<200 {
      let (gradient, hessian) = derivatives(rows, targets, ridge)
      guard let step = solve(hessian, gradient) else { return nil }
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

  /// Gradient and lower half of the Hessian of the objective, (d + 1) and (d + 1) × (d + 1).
  private func derivatives(
    _ rows: [[Double]], _ targets: [Double], _ ridge: Double
  ) -> (gradient: [Double], hessian: [[Double]]) {
    let size = weights.count
    var gradient = weights.map { ridge * $0 }
    gradient[0] = 0
    var hessian = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for index in 1..<max(size, 1) { hessian[index][index] = ridge }
    for (row, target) in zip(rows, targets) {
      let x = logit(of: row)
      let p = logistic(x)
      // 1 − p by the mirrored function, so that a probability near 1 keeps a curvature.
      let residual = (1 - target) * p - target * logistic(-x)
      let curvature = p * logistic(-x)
      for i in 0..<size {
        let left = i == 0 ? 1 : row[i - 1]
        gradient[i] += residual * left
        for j in 0...i { hessian[i][j] += curvature * left * (j == 0 ? 1 : row[j - 1]) }
      }
    }
    return (gradient, hessian)
  }
}

/// Solves A x = b for a symmetric positive definite A given by its lower half (Cholesky); nil where it is not.
private func solve(_ lower: [[Double]], _ right: [Double]) -> [Double]? {
  var factor = lower
  var x = right
  for i in x.indices {
    for j in 0...i {
      var sum = factor[i][j]
      for k in 0..<j { sum -= factor[i][k] * factor[j][k] }
      if i == j {
        guard sum > 0, sum.isFinite else { return nil }
        factor[i][i] = sum.squareRoot()
      } else {
        factor[i][j] = sum / factor[j][j]
      }
    }
    for k in 0..<i { x[i] -= factor[i][k] * x[k] }
    x[i] /= factor[i][i]
  }
  for i in x.indices.reversed() {
    for k in (i + 1)..<max(x.count, i + 1) { x[i] -= factor[k][i] * x[k] }
    x[i] /= factor[i][i]
  }
  return x.allSatisfy(\.isFinite) ? x : nil
}
