import ZooCore
import ZooStatistics

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// How the predictions of several models become one; weights sum to one.
public enum Blend: String, CaseIterable, Sendable {
  /// The weighted mean of the probabilities.
  case mean
  /// The weighted mean of the logarithms of the probabilities, normalised: for two classes that of the logits.
  ///
  /// A probability counts as 2⁻⁵² at least, so that no model alone decides.
  case logits
  /// The weighted mean of the ranks, from ½/n to 1 − ½/n among the n cases that are predicted together; for more than two
  /// classes by each class's probability, normalised. Ranks say which of two cases is likelier, and nothing of one case.
  case ranks

  /// Blends predictions of the same cases, in the same order; one at least.
  public func callAsFunction(_ all: [Predictions], weights: [Double]) -> Predictions {
    precondition(!all.isEmpty && all.count == weights.count, "a weight for each")
    let tables = all.map { self == .ranks ? Blend.ranks(of: $0) : $0.probabilities }
    let rows = all[0].names.indices.map { index in
      (0..<all[0].classes).map { k in
        zip(tables, weights).reduce(0) { sum, one in
          let value = one.0[index][k]
          return sum + one.1 * (self == .logits ? log(max(value, .ulpOfOne)) : value)
        }
      }
    }
    return Predictions(
      names: all[0].names, labels: all[0].labels,
      probabilities: self == .logits ? rows.map(Blend.softmax) : rows)
  }

  private static func softmax(_ row: [Double]) -> [Double] {
    let largest = row.max() ?? 0
    let powers = row.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  private static func ranks(of predictions: Predictions) -> [[Double]] {
    let count = Double(predictions.names.count)
    func column(_ k: Int) -> [Double] {
      midranks(predictions.probabilities.map { $0[k] }).map { ($0 - 0.5) / count }
    }
    // Of two classes the second decides: the first's rounding would tell apart what is equal.
    if predictions.classes == 2 { return column(1).map { [1 - $0, $0] } }
    let columns = (0..<predictions.classes).map(column)
    return predictions.names.indices.map { index in
      let row = columns.map { $0[index] }
      let sum = row.reduce(0, +)
      return row.map { $0 / sum }
    }
  }
}
