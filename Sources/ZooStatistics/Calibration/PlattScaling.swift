#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Scores made probabilities by a logistic curve, 1 / (1 + exp(−(slope · score + intercept))): Platt 1999.
///
/// To be fitted on cases that the classifier was not trained on.
public struct PlattScaling: Hashable, Sendable {
  /// The slope; below 0 where high scores speak for the negative class, 0 where the scores are all the same.
  public let slope: Double
  /// The log odds at a score of 0.
  public let intercept: Double

  /// A curve that was fitted before.
  public init(slope: Double, intercept: Double) {
    self.slope = slope
    self.intercept = intercept
  }

  /// Fits by Newton's method on the log loss with Platt's targets, (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2) in place of 1 and 0,
  /// which keep separable data finite.
  ///
  /// Nil where the counts differ, a class is absent or a score is not finite.
  public init?(scores: [Double], labels: [Bool]) {
    let positives = labels.count { $0 }
    let negatives = labels.count - positives
    guard scores.count == labels.count, positives > 0, negatives > 0, scores.allSatisfy(\.isFinite),
      let standardisation = Standardisation(of: scores.map { [$0] }, features: 1)
    else { return nil }
    let high = Double(positives + 1) / Double(positives + 2)
    let low = 1 / Double(negatives + 2)
    let targets = labels.map { $0 ? high : low }
    let (mean, scale) = (standardisation.means[0], standardisation.scales[0])
    guard scale > 0 else {
      let share = targets.reduce(0, +) / Double(targets.count)
      self.init(slope: 0, intercept: log(share / (1 - share)))
      return
    }
    let rows = scores.map { standardisation.apply(to: [$0]) }
    guard let fit = BinaryLogistic(rows: rows, targets: targets, ridge: 0) else { return nil }
    self.init(slope: fit.weights[1] * scale, intercept: fit.weights[0] - fit.weights[1] * scale * mean)
  }

  /// The probability that a case of this score is positive.
  public func probability(of score: Double) -> Double { logistic(slope * score + intercept) }
}
