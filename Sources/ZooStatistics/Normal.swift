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

  /// The chance of a value at least as far from 0 as `z`: a two-sided p-value.
  public static func twoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }
}
