#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The standard normal distribution.
public enum Normal {
  /// The value that 97.5 % stay below: half the width of a 95 % interval in standard errors.
  public static let quantile975 = 1.959_963_984_540_054

  /// The chance of a value up to `x`; through erfc, so the lower tail keeps its digits.
  public static func cdf(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

  /// The density at `x`.
  static func density(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }

  /// The chance of a value at least as far from 0 as `z`: a two-sided p-value.
  public static func twoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

  /// The value that a share of all stay below, the inverse of `cdf`; infinite at 0 and 1, NaN outside.
  public static func quantile(_ share: Double) -> Double {
    guard share > 0, share < 1 else { return share == 0 ? -.infinity : share == 1 ? .infinity : .nan }
    if share == 0.5 { return 0 }
    let tail = min(share, 1 - share)
    // Hastings' approximation (Abramowitz and Stegun 26.2.23), good to 5e-4, then Halley's steps on the lower tail.
    let t = (-2 * log(tail)).squareRoot()
    var x =
      (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
    for _ in 0..<3 {
      let density = density(x)
      guard density > 0 else { break }
      let step = (cdf(x) - tail) / density
      x -= step / (1 + x * step / 2)
    }
    return share < 0.5 ? x : -x
  }
}
