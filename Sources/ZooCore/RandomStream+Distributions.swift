#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

extension RandomStream {
  /// Two independent draws from the standard normal distribution for the price of one; the first is what `normal`
  /// would have given.
  public mutating func normalPair() -> (Double, Double) {
    let radius = (-2 * log(1 - unit())).squareRoot()
    let angle = 2 * .pi * unit()
    return (radius * cos(angle), radius * sin(angle))
  }

  /// A draw from the beta distribution with shapes a, b > 0; within [0, 1] however small they are.
  public mutating func beta(_ a: Double, _ b: Double) -> Double {
    let (x, y) = (logGamma(a), logGamma(b))
    return 1 / (1 + exp(y - x))
  }

  /// The logarithm of a draw from the gamma distribution of a shape and scale one (Marsaglia and Tsang 2000); for small
  /// shapes the draw itself would vanish.
  private mutating func logGamma(_ shape: Double) -> Double {
    guard shape >= 1 else { return logGamma(shape + 1) + log(1 - unit()) / shape }
    let d = shape - 1 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if log(1 - unit()) < 0.5 * x * x + d * (1 - v + log(v)) { return log(d * v) }
    }
  }
}
