/// How good the choice of the best network is, judged by cases that had no part in it.
///
/// Each fold is predicted by the network that was best without it. Nested: by inner folds of the cases that the fold leaves
/// (Varma and Simon 2006). Else by the other folds, whose models have trained on the fold's cases: all but nested.
public struct ModelChoice: Sendable {
  /// What was chosen for a fold.
  public struct Pick: Hashable, Sendable {
    /// Which of the splits into folds, counted from 1.
    public let repetition: Int
    /// The fold, counted from 1.
    public let fold: Int
    /// The network.
    public let network: String
  }

  /// The inner folds that chose; nil where the other folds did.
  public let innerFolds: Int?
  /// What was chosen.
  public let picks: [Pick]
  /// What the chosen predict; the mean over the splits.
  public let predictions: Predictions
  /// The fold of each case, of the first split.
  public let folds: [Int]
  /// How good that is.
  public let evaluation: Evaluation

  /// Nil for fewer than two networks or folds, or different folds.
  init?(among networks: [Contender]) throws {
    let nested = networks.filter { !$0.inner.isEmpty }
    if nested.count > 1 { try self.init(nested: nested) } else { try self.init(byOtherFolds: networks) }
  }

  init(
    innerFolds: Int?, picks: [Pick], predictions: Predictions, folds: [Int]
  ) throws {
    (self.innerFolds, self.picks, self.predictions, self.folds) = (innerFolds, picks, predictions, folds)
    evaluation = try Evaluation(predictions)
  }

  private init(nested networks: [Contender]) throws {
    let repeats = networks.map(\.inner.count).min() ?? 0
    let splits = try (0..<repeats).map { number in
      let all = networks.map { $0.inner[number] }
      return try ModelChoice.chosen(all.map(\.predictions), all[0].folds) { fold, index in
        all[index].aucs[fold] ?? 0
      }
    }
    let first = networks[0].inner[0]
    try self.init(
      innerFolds: networks[0].inner[0].count, splits, networks, folds: first.folds,
      names: first.predictions.names,
      labels: first.predictions.labels)
  }

  private init?(byOtherFolds networks: [Contender]) throws {
    guard let first = networks.first, networks.count > 1, Set(first.folds).count > 1,
      networks.allSatisfy({ $0.splits.map(\.folds) == first.splits.map(\.folds) })
    else { return nil }
    let splits = try first.splits.indices.map { number in
      let (all, folds) = (networks.map { $0.splits[number].predictions }, first.splits[number].folds)
      return try ModelChoice.chosen(all, folds) { fold, index in
        try Evaluation(all[index].cases(folds.indices.filter { folds[$0] != fold })).auc ?? 0
      }
    }
    try self.init(
      innerFolds: nil, splits, networks, folds: first.folds, names: first.predictions.names,
      labels: first.predictions.labels)
  }

  private typealias Chosen = (best: [Int: Int], rows: [[Double]])

  private init(
    innerFolds: Int?, _ splits: [Chosen], _ networks: [Contender], folds: [Int], names: [String],
    labels: [Int?]
  ) throws {
    let picks = splits.enumerated().flatMap { number, split in
      split.best.sorted { $0.key < $1.key }.map { fold, index in
        Pick(repetition: number + 1, fold: fold, network: networks[index].name)
      }
    }
    let count = Double(splits.count)
    let rows = names.indices.map { row in
      splits[0].rows[row].indices.map { k in splits.reduce(0) { $0 + $1.rows[row][k] } / count }
    }
    try self.init(
      innerFolds: innerFolds, picks: picks,
      predictions: Predictions(names: names, labels: labels, probabilities: rows), folds: folds)
  }

  /// For each fold the network of the highest figure, the first of equal ones, and what it predicts.
  private static func chosen(
    _ predictions: [Predictions], _ folds: [Int], by auc: (_ fold: Int, _ index: Int) throws -> Double
  ) throws -> Chosen {
    var best: [Int: Int] = [:]
    for fold in Set(folds) {
      let aucs = try predictions.indices.map { try auc(fold, $0) }
      best[fold] = aucs.indices.max { (aucs[$0], $1) < (aucs[$1], $0) }
    }
    let rows = folds.indices.map { predictions[best[folds[$0]] ?? 0].probabilities[$0] }
    return (best, rows)
  }
}
