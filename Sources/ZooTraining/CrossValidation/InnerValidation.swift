/// How a network does on inner folds: each fold's cases to train on, cross-validated among themselves. What is chosen by it
/// for a fold has not seen the cases of the fold (Varma and Simon 2006).
public struct InnerValidation: Sendable {
  /// The AUC over the inner folds' held-back cases, by the outer fold; 0 where it is undefined.
  let aucs: [Int: Double]
  /// Inner folds of each fold.
  let count: Int
  /// What the network, trained on all that a fold leaves, predicts of the fold's cases.
  let predictions: Predictions
  /// The outer fold of each case.
  let folds: [Int]

  init(_ outOfFold: OutOfFold, inner: [(fold: Int, run: FinishedRun)]) throws {
    let byFold = Dictionary(grouping: inner) { $0.fold }
    aucs = try byFold.mapValues { runs in
      let held = runs.map(\.run.predictions)
      return try Evaluation(
        Predictions(
          names: held.flatMap(\.names), labels: held.flatMap(\.labels),
          probabilities: held.flatMap(\.probabilities))
      ).auc ?? 0
    }
    count = byFold.values.map(\.count).max() ?? 0
    (predictions, folds) = (outOfFold.predictions, outOfFold.folds)
  }
}
