import Dispatch
import Foundation
import Synchronization
public import ZooCore
import ZooStatistics

/// Cases whose truth is known: two classifiers see each through normal noise, correlated between them.
///
/// A third of the cases is positive. Probabilities are calibrated: they are what Bayes' rule gives for the score.
public struct SimulatedCases: Sendable {
  /// The true AUCs of the two classifiers.
  public let aucs: [Double]
  /// The number of cases.
  public let count: Int
  /// The correlation of the two scores within a class.
  public let correlation: Double

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
  public init(aucs: [Double], count: Int, correlation: Double = 0.5) {
    self.aucs = aucs
    self.count = count
    self.correlation = correlation
  }

  /// How many cases are positive.
  public var positives: Int { Int((Double(count) / 3).rounded()) }

  /// A sample that depends on the seed alone.
  public func sample(_ seed: Seed) -> Sample {
    var stream = seed.stream()
    let distances = aucs.map { 2.0.squareRoot() * Normal.quantile($0) }
    let own = (1 - correlation * correlation).squareRoot()
    let odds = Double(positives) / Double(count - positives)
    let labels = (0..<count).map { $0 < positives }
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

  /// The share of `sets` samples for which a statement is true, among those where it is defined; nil where it never is.
  public func share(
    sets: Int, seed: Seed, threads: Int, where statement: @Sendable (Sample, Seed) -> Bool?
  ) -> Double? {
    let counts = Mutex((held: 0, defined: 0))
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for set in stride(from: thread, to: sets, by: threads) {
        let own = seed.child(set)
        guard let held = statement(sample(own), own.child("bootstrap")) else { continue }
        counts.withLock { $0 = ($0.held + (held ? 1 : 0), $0.defined + 1) }
      }
    }
    let (held, defined) = counts.withLock { $0 }
    return defined > 0 ? Double(held) / Double(defined) : nil
  }
}
