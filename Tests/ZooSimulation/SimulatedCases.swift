import Foundation
public import ZooCore
import ZooStatistics

/// Cases whose truth is known: two classifiers see each through normal noise, correlated between them.
///
/// Cases are drawn as patients are: each is positive by chance, so that the classes' sizes vary from sample to sample. Probabilities are calibrated: they are what Bayes' rule gives for the score.
public struct SimulatedCases: Sendable {
  /// The true AUCs of the two classifiers.
  public let aucs: [Double]
  /// The number of cases.
  public let count: Int
  /// The correlation of the two scores within a class.
  public let correlation: Double
  /// The chance that a case is positive.
  public let prevalence: Double

  /// One sample.
  public struct Sample: Sendable {
    /// Which cases are positive.
    public let labels: [Bool]
    /// Each classifier's scores.
    public let scores: [[Double]]
    /// The probabilities of the first classifier.
    public let probabilities: [Double]
  }

  /// Describes cases.
  public init(aucs: [Double], count: Int, correlation: Double = 0.5, prevalence: Double = 1.0 / 3) {
    self.aucs = aucs
    self.count = count
    self.correlation = correlation
    self.prevalence = prevalence
  }

  /// A sample that depends on the seed alone; one with fewer than two cases of a class is drawn again.
  public func sample(_ seed: Seed) -> Sample {
    var stream = seed.stream()
    let distances = aucs.map { 2.0.squareRoot() * Normal.quantile($0) }
    let own = (1 - correlation * correlation).squareRoot()
    let odds = prevalence / (1 - prevalence)
    var labels: [Bool] = []
    while labels.count(where: { $0 }) < 2 || labels.count(where: { !$0 }) < 2 {
      labels = (0..<count).map { _ in stream.unit() < prevalence }
    }
    var scores = [[Double]](repeating: [], count: aucs.count)
    var probabilities: [Double] = []
    for label in labels {
      var noise = stream.normal()
      for (index, distance) in distances.enumerated() {
        if index > 0 { noise = correlation * noise + own * stream.normal() }
        scores[index].append(noise + (label ? distance : 0))
      }
      let distance = distances[0]
      probabilities.append(
        1 / (1 + exp(distance * distance / 2 - distance * (scores[0].last ?? 0)) / odds))
    }
    return Sample(labels: labels, scores: scores, probabilities: probabilities)
  }

  /// How often a statement is true of `sets` samples; nil where it cannot be said of one.
  public func share(
    sets: Int, seed: Seed, threads: Int, where statement: @Sendable (Sample, Seed) -> Bool?
  ) -> Share {
    Share.all(sets: sets, seed: seed, threads: threads) { own in
      [statement(sample(own), own.child("bootstrap"))]
    }[0]
  }
}
