/// Which predictions are sure enough to be learnt from.
public struct PseudoSelection: Hashable, Sendable {
  /// Positions of the cases that are kept, rising.
  public let kept: [Int]
  /// How many of each class are kept, by the likeliest class.
  public let counts: [Int]

  /// Keeps cases whose likeliest class has `threshold` of the probability at least.
  ///
  /// With `shares`, those of the classes among the labels, as many of each class are kept as these say: the surest of each, as
  /// many as the class that is short of cases allows. Without, an ensemble that leans to one class would teach to lean further.
  public init(_ probabilities: [[Double]], threshold: Double, shares: [Double]? = nil) {
    let classes = probabilities.first?.count ?? 0
    var groups = Array(repeating: [(index: Int, sure: Double)](), count: classes)
    for (index, row) in probabilities.enumerated() {
      guard let sure = row.max(), sure >= threshold, let likeliest = row.firstIndex(of: sure) else {
        continue
      }
      groups[likeliest].append((index, sure))
    }
    if let shares {
      let all =
        (0..<classes).filter { shares[$0] > 0 }.map { Double(groups[$0].count) / shares[$0] }.min() ?? 0
      for k in 0..<classes {
        let surest = groups[k].sorted { ($1.sure, $0.index) < ($0.sure, $1.index) }
        // Rounding must not take more than there are, nor lose one to 2.9999.
        groups[k] = Array(surest.prefix(Int((all * shares[k] + 1e-9).rounded(.down))))
      }
    }
    kept = groups.flatMap { $0.map(\.index) }.sorted()
    counts = groups.map(\.count)
  }
}
