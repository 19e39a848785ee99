/// Features brought to mean 0 and standard deviation 1, as seen in the cases it was made from.
struct Standardisation: Hashable, Sendable {
  /// The mean of each feature.
  let means: [Double]
  /// 1 / standard deviation (over n) of each feature; 0 for a feature that is always the same and so tells nothing.
  let scales: [Double]

  /// Nil where a feature's spread cannot be held by a number.
  init?(of rows: [[Double]], features: Int) {
    var means: [Double] = []
    var scales: [Double] = []
    let count = Double(rows.count)
    for feature in 0..<features {
      let values = rows.map { $0[feature] }
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      guard variance.isFinite else { return nil }
      // The variance of equal values may be a rounding error above 0, so equality is asked for.
      let varies = values.contains { $0 != values[0] } && variance > 0
      means.append(mean)
      scales.append(varies ? 1 / variance.squareRoot() : 0)
    }
    self.means = means
    self.scales = scales
  }

  /// The features of one case, standardised.
  func apply(to row: [Double]) -> [Double] {
    row.indices.map { scales[$0] == 0 ? 0 : (row[$0] - means[$0]) * scales[$0] }
  }
}
