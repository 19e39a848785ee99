import ZooStatistics

/// Caruana's selection of an ensemble: one member after the other, each that which makes the mean of the probabilities best;
/// a member may be taken again.
///
/// The AUC it ends with is that of the cases that chose, and so too good; `crossFitted` says how much is left for cases that
/// did not.
public struct GreedySelection {
  /// Each member's share; all sum to one.
  public let weights: [Double]

  /// Members that are taken at most.
  public static let rounds = 50

  /// Chooses by the AUC; of equals the first, and the fewest rounds that reach the best. Nil where the AUC is undefined.
  public init?(_ members: [Predictions], labels: [Int]) {
    guard let first = members.first else { return nil }
    var sum = first.probabilities.map { $0.map { _ in 0.0 } }
    var counts = Array(repeating: 0, count: members.count)
    var best: (auc: Double, counts: [Int])?
    for _ in 0..<GreedySelection.rounds {
      var chosen: (auc: Double, index: Int, sum: [[Double]])?
      for (index, member) in members.enumerated() {
        // The sum ranks cases as the mean does.
        let joined = zip(sum, member.probabilities).map { zip($0, $1).map(+) }
        guard let auc = ROC.auc(probabilities: joined, labels: labels) else { return nil }
        if auc > chosen?.auc ?? -1 { chosen = (auc, index, joined) }
      }
      guard let chosen else { return nil }
      counts[chosen.index] += 1
      sum = chosen.sum
      if chosen.auc > best?.auc ?? -1 { best = (chosen.auc, counts) }
    }
    guard let best else { return nil }
    let all = Double(best.counts.reduce(0, +))
    weights = best.counts.map { Double($0) / all }
  }

  /// What members predict that were chosen, for each fold, by the cases outside it. Nil where an AUC is undefined.
  public static func crossFitted(_ members: [Predictions], labels: [Int], folds: [Int]) -> Predictions? {
    guard let first = members.first else { return nil }
    var rows = first.probabilities
    for fold in Set(folds) {
      let (inside, outside) = (
        folds.indices.filter { folds[$0] == fold }, folds.indices.filter { folds[$0] != fold }
      )
      guard
        let selection = GreedySelection(members.map { $0.cases(outside) }, labels: outside.map { labels[$0] })
      else { return nil }
      let judged = Blend.mean(members.map { $0.cases(inside) }, weights: selection.weights)
      for (index, row) in zip(inside, judged.probabilities) { rows[index] = row }
    }
    return Predictions(names: first.names, labels: first.labels, probabilities: rows)
  }
}
