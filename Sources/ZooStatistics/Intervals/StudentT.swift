#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Student's t distribution for whole degrees of freedom.
enum StudentT {
  /// The value that 97.5 % stay below; infinite without a degree of freedom.
  ///
  /// Found by bisection of the angle atan(t / √ν), over which the chance is a finite sum (Abramowitz and Stegun 1964,
  /// 26.7.3 and 26.7.4). O(ν).
  static func quantile975(degrees: Int) -> Double {
    guard degrees > 0 else { return .infinity }
    var (low, high) = (0.0, Double.pi / 2)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if central(middle, degrees: degrees) < 0.95 { low = middle } else { high = middle }
    }
    return tan((low + high) / 2) * Double(degrees).squareRoot()
  }

  /// The chance of a value no farther from 0 than that of an angle.
  private static func central(_ angle: Double, degrees: Int) -> Double {
    let (sine, cosine) = (sin(angle), cos(angle))
    let isOdd = !degrees.isMultiple(of: 2)
    // Odd: cos θ + 2/3 cos³ θ + … up to cos^(ν − 2); even: 1 + 1/2 cos² θ + … up to the same.
    var (term, sum) = (isOdd ? cosine : 1, 0.0)
    for power in stride(from: isOdd ? 1 : 0, through: degrees - 2, by: 2) {
      sum += term
      term *= cosine * cosine * Double(power + 1) / Double(power + 2)
    }
    return isOdd ? 2 / Double.pi * (angle + sine * sum) : sine * sum
  }
}
