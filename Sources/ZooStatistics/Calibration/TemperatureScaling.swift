#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Logits divided by one number, which makes probabilities more modest (above 1) or bolder, and changes no ranking of
/// classes: Guo, Pleiss, Sun and Weinberger 2017.
///
/// To be fitted on cases that the classifier was not trained on.
public struct TemperatureScaling: Hashable, Sendable {
  /// What logits are divided by, above 0.
  public let temperature: Double

  /// A temperature that was fitted before; nil unless it is above 0 and finite.
  public init?(temperature: Double) {
    guard temperature > 0, temperature.isFinite else { return nil }
    self.temperature = temperature
  }

  /// Fits the temperature of least log loss: a row of k logits for each case, labels 0 ..< k.
  ///
  /// The loss is convex in 1 / temperature, so there is one, found by Newton's method between bounds. Nil where none
  /// is above 0 and finite: every case is called right (no boldness is too much) or the logits are no better than
  /// chance. Nil too without cases, for a logit that is not finite, rows of different lengths or a label outside.
  public init?(logits: [[Double]], labels: [Int]) {
    guard classCount(logits, labels) != nil else { return nil }
    // Logits less their row's largest: the same probabilities, and no overflow.
    let rows = logits.map { row in row.map { $0 - (row.max() ?? 0) } }
    let chance = zip(rows, labels).reduce(0.0) { $0 + $1.0.reduce(0, +) / Double($1.0.count) - $1.0[$1.1] }
    let certain = zip(rows, labels).reduce(0.0) { $0 - $1.0[$1.1] }
    guard chance < 0, certain > 0 else { return nil }
    var (low, high, inverse) = (0.0, Double.infinity, 1.0)
    for _ in 0..<200 {
      let (slope, curvature) = TemperatureScaling.derivatives(rows, labels, inverse)
      let newton = inverse - slope / curvature
      if abs(newton - inverse) <= 4 * inverse.ulp { break }
      if slope > 0 { high = inverse } else { low = inverse }
      // Beyond the bounds, or a NaN where the curvature vanished.
      let isWithin = newton > low && newton < high
      inverse = isWithin ? newton : high.isFinite ? (low + high) / 2 : 2 * inverse
    }
    self.init(temperature: 1 / inverse)
  }

  /// The k probabilities of a case with these logits.
  public func probabilities(ofLogits logits: [Double]) -> [Double] {
    let largest = logits.max() ?? 0
    let weights = logits.map { exp(($0 - largest) / temperature) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// Logits that give these probabilities: logarithms, of 2⁻¹⁰²² at least.
  public static func logits(ofProbabilities probabilities: [Double]) -> [Double] {
    probabilities.map { log(max($0, .leastNormalMagnitude)) }
  }

  /// First and second derivative of the summed log loss by 1 / temperature.
  private static func derivatives(
    _ rows: [[Double]], _ labels: [Int], _ inverse: Double
  ) -> (slope: Double, curvature: Double) {
    var (slope, curvature) = (0.0, 0.0)
    for (row, label) in zip(rows, labels) {
      var (sum, first, second) = (0.0, 0.0, 0.0)
      for logit in row {
        let weight = exp(inverse * logit)
        sum += weight
        first += weight * logit
        second += weight * logit * logit
      }
      let mean = first / sum
      slope += mean - row[label]
      curvature += second / sum - mean * mean
    }
    return (slope, curvature)
  }
}
