/// Where the spread of cross-validated AUCs comes from: the seed, the fold, or the cases that happen to be in it.
///
/// Every network is trained on each fold (of every repeat) with the same number of seeds. The model is one of random
/// effects: AUC = mean + effect of the fold + effect of the seed within it. Its variances are those of the one-way
/// analysis of variance (Searle, Casella and McCulloch 1992, chapter 3):
///
/// - seed: the mean square within folds, what another seed alone changes on the same split;
/// - between folds: (mean square between − mean square within) / seeds, what another split changes;
/// - case: the mean of DeLong's variances, so much of it is due to a fold having so few validation cases;
/// - fold: what is left of it, the effect of other training cases.
///
/// It describes one training and validation, not the error of the mean over folds, of which there is no unbiased
/// estimate (Bengio and Grandvalet 2004): folds share training cases, and repeats share all.
public struct VarianceSplit: Hashable, Sendable {
  /// The mean AUC.
  public let mean: Double
  /// The variance that the seed makes; nil with one seed a fold.
  public let seed: Double?
  /// The variance that the training cases of a fold make, at least 0; with one seed a fold it includes the seed's.
  public let fold: Double
  /// The variance that the choice of validation cases makes.
  public let cases: Double

  /// The sum of the parts.
  public var total: Double { (seed ?? 0) + fold + cases }

  /// Takes AUCs and their variances (`DeLong`) for each seed (columns) of each fold of every repeat (rows).
  ///
  /// Nil with fewer than two folds, where folds differ in their number of seeds or a number is not finite.
  public init?(aucs: [[Double]], caseVariances: [[Double]]) {
    guard let seeds = aucs.first?.count, seeds > 0, aucs.count >= 2, aucs.count == caseVariances.count,
      (aucs + caseVariances).allSatisfy({ $0.count == seeds && $0.allSatisfy(\.isFinite) })
    else { return nil }
    let means = aucs.map { $0.reduce(0, +) / Double(seeds) }
    let within = aucs.reduce(0) { $0 + sampleVariance($1) } / Double(aucs.count)
    // The variance of the folds' means holds the seed's part once more, divided by the seeds.
    let between = seeds > 1 ? sampleVariance(means) - within / Double(seeds) : sampleVariance(means)
    mean = means.reduce(0, +) / Double(means.count)
    seed = seeds > 1 ? within : nil
    cases = caseVariances.reduce(0) { $0 + $1.reduce(0, +) } / Double(aucs.count * seeds)
    fold = max(0, between - cases)
  }
}
