/// All pairs of classifiers on the same cases, each tested, and corrected for how many pairs there are.
public struct PairwiseComparison: Hashable, Sendable {
  /// Two of the classifiers.
  public struct Pair: Hashable, Sendable {
    /// The index of the first.
    public let first: Int
    /// The index of the second, above the first.
    public let second: Int
    /// First − second.
    public let test: PairedDeLong
    /// Its p-value after Holm's correction over all pairs.
    public let adjustedP: Double

    /// What is said of the first against the second.
    public var verdict: Verdict { Verdict(difference: test.difference, adjustedP: adjustedP) }
  }

  /// Every pair once: (0, 1), (0, 2) … (1, 2) …
  public let pairs: [Pair]

  /// Compares scores of the same cases; nil for fewer than two, and where `PairedDeLong` is.
  public init?(scores: [[Double]], labels: [Bool]) {
    self.init(count: scores.count) { PairedDeLong(scores[$0], scores[$1], labels: labels) }
  }

  /// Compares class probabilities of the same cases: for each classifier a row of k a case, labels 0 ..< k.
  public init?(probabilities: [[[Double]]], labels: [Int]) {
    self.init(count: probabilities.count) {
      PairedDeLong(probabilities[$0], probabilities[$1], labels: labels)
    }
  }

  private init?(count: Int, test: (Int, Int) -> PairedDeLong?) {
    guard count >= 2 else { return nil }
    var tests: [(first: Int, second: Int, test: PairedDeLong)] = []
    for first in 0..<count {
      for second in first + 1..<count {
        guard let test = test(first, second) else { return nil }
        tests.append((first, second, test))
      }
    }
    guard let adjusted = Holm.adjusted(tests.map(\.test.p)) else { return nil }
    pairs = zip(tests, adjusted).map {
      Pair(first: $0.first, second: $0.second, test: $0.test, adjustedP: $1)
    }
  }
}
