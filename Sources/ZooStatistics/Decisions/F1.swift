/// The mean of some classes' F1, the harmonic mean of precision and sensitivity.
///
/// F1 rises with Jaccard's index J, the share that are both among the cases of a class and those called so: it is
/// 2 J / (1 + J). However many these are, each is both with one chance, so that Wilson's interval of J holds and gives that
/// of F1.
struct F1 {
  /// The classes, among those of the matrix, that have cases or are called.
  private let classes: [Int]
  private let matrix: ConfusionMatrix
  /// Jaccard's index of each.
  private let overlaps: [Rate]

  /// Of all classes, or of those given; nil where none has cases or is called.
  init?(_ matrix: ConfusionMatrix, classes: [Int]? = nil) {
    let found = (classes ?? Array(matrix.counts.indices)).compactMap { index -> (Int, Rate)? in
      matrix.oneVsRest(index).overlap.map { (index, $0) }
    }
    guard !found.isEmpty else { return nil }
    self.matrix = matrix
    self.classes = found.map(\.0)
    overlaps = found.map(\.1)
  }

  /// The mean, 0 … 1.
  var value: Double { mean(overlaps.map { F1.of($0.value) }) }

  /// The 95 % interval: the mean of the classes' at the one quantile for which these add up to 1.96 standard errors of the
  /// mean, as `Rate.intervalOfMean`. A case of one class called another counts against both, so that these errors are
  /// correlated.
  var interval: ClosedRange<Double> {
    let correlations = correlations
    let quantile = Rate.quantileOfMean { z in
      let errors = overlaps.map { rate in
        // That of J on the scale of F1, where the interval has its centre.
        let (centre, error) = Rate.wilsonTerms(rate.value, cases: Double(rate.cases), z: z)
        return 2 * error / ((1 + centre) * (1 + centre))
      }
      let square = errors.indices.reduce(0) { sum, row in
        sum + errors.indices.reduce(0) { $0 + errors[row] * correlations[row][$1] * errors[$1] }
      }
      return (square.squareRoot(), errors.reduce(0, +))
    }
    let intervals = overlaps.map { Rate.wilson($0.value, cases: Double($0.cases), z: quantile) }
    // Rounding must not push an end past the mean.
    return min(
      value, mean(intervals.map { F1.of($0.lowerBound) }))...max(
        value, mean(intervals.map { F1.of($0.upperBound) }))
  }

  /// Those of the classes' Jaccard indices, by the delta method over cells of the matrix: of the cases in which one of two
  /// classes is wrong, those that one was taken for the other.
  private var correlations: [[Double]] {
    overlaps.indices.map { row in
      overlaps.indices.map { column in
        if row == column { return 1 }
        let (one, other) = (overlaps[row], overlaps[column])
        let wrong = Double((one.cases - one.successes) * (other.cases - other.successes))
        guard wrong > 0 else { return 0 }
        let (first, second) = (classes[row], classes[column])
        let mistaken = Double(matrix.counts[first][second] + matrix.counts[second][first])
        return mistaken * (one.value * other.value / wrong).squareRoot()
      }
    }
  }

  /// Of one Jaccard index.
  static func of(_ overlap: Double) -> Double { 2 * overlap / (1 + overlap) }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
