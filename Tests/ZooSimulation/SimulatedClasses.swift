import Foundation
public import ZooCore
import ZooStatistics

/// Cases of three classes whose truth is known: each has a score for every class, normal, and higher for its own.
///
/// Cases are drawn as patients are: half of them are of class 0, three tenths of class 1, a fifth of class 2, by chance. Probabilities are
/// calibrated: they are what Bayes' rule gives for the scores.
public struct SimulatedClasses: Sendable {
  /// The true AUC between any two of the classes alone.
  public let auc: Double
  /// The number of cases.
  public let count: Int

  /// One sample.
  public struct Sample: Sendable {
    /// The class of each case.
    public let labels: [Int]
    /// Their probabilities, a row of three for each case.
    public let probabilities: [[Double]]
  }

  private static let priors = [0.5, 0.3, 0.2]

  /// Describes cases.
  public init(auc: Double, count: Int) {
    self.auc = auc
    self.count = count
  }

  /// A sample that depends on the seed alone; one with fewer than two cases of a class is drawn again.
  public func sample(_ seed: Seed) -> Sample {
    var stream = seed.stream()
    // Two classes differ in two scores, by so much each.
    let distance = Normal.quantile(auc)
    let priors = SimulatedClasses.priors
    var labels: [Int] = []
    while priors.indices.contains(where: { index in labels.count(where: { $0 == index }) < 2 }) {
      labels = (0..<count).map { _ in
        let draw = stream.unit()
        return draw < priors[0] ? 0 : draw < priors[0] + priors[1] ? 1 : 2
      }
    }
    let rows = labels.map { label -> [Double] in
      let weights = priors.indices.map { index in
        priors[index] * exp(distance * (stream.normal() + (index == label ? distance : 0)))
      }
      let sum = weights.reduce(0, +)
      return weights.map { $0 / sum }
    }
    return Sample(labels: labels, probabilities: rows)
  }
}
