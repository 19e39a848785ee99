/// Holm's correction of p-values for how many were looked at (Holm 1979).
public enum Holm {
  /// Each p-value as it counts among all: below 0.05 where the test is significant at 5 % over all of them together.
  ///
  /// Nil where one is NaN or outside [0, 1].
  public static func adjusted(_ p: [Double]) -> [Double]? {
    guard p.allSatisfy({ (0...1).contains($0) }) else { return nil }
    var adjusted = p
    var least = 0.0
    for (rank, index) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
      least = max(least, min(1, Double(p.count - rank) * p[index]))
      adjusted[index] = least
    }
    return adjusted
  }
}
