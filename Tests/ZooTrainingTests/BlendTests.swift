import FoundationEssentials
import Testing
import ZooCore
import ZooTestSupport
import ZooTraining

/// Predictions of two classes with such P(class 1) and labels.
private func predictions(_ scores: [Double], _ labels: [Int]) -> Predictions {
  Predictions(
    names: scores.indices.map { "case\($0)" }, labels: labels, probabilities: scores.map { [1 - $0, $0] })
}

@Test func blendsEqualNumPyAndSciPy() throws {
  let path = #filePath.replacing(
    "ZooTrainingTests/BlendTests.swift", with: "Fixtures/training/ensembles.json")
  let bytes = try #require(FileManager.default.contents(atPath: path))
  for item in try JSONValue(parsing: bytes, from: path).elements {
    func rows(_ value: JSONValue) throws -> [[Double]] { try value.elements.map { try $0.doubles } }
    let members = try item.at("members").elements.map { member in
      let rows = try rows(member)
      return Predictions(
        names: rows.indices.map { "case\($0)" }, labels: rows.map { _ in nil }, probabilities: rows)
    }
    for blend in Blend.allCases {
      let blended = blend(members, weights: try item.at("weights").doubles)
      expectClose(
        blended.probabilities.flatMap(\.self), try rows(item.at(blend.rawValue)).flatMap(\.self),
        absolute: 1e-12, blend.rawValue)
      #expect(blended.names == members[0].names)
    }
  }
}

@Test func blendsByHand() {
  let (a, b) = (predictions([0.2, 0.6, 0.9], [0, 1, 1]), predictions([0.4, 0.1, 0.3], [0, 1, 1]))
  expectClose(Blend.mean([a, b], weights: [0.5, 0.5]).scores, [0.3, 0.35, 0.6], absolute: 1e-15)
  // Ranks 1, 2, 3 and 3, 1, 2 of three: (r − ½) / 3.
  expectClose(Blend.ranks([a, b], weights: [0.5, 0.5]).scores, [0.5, 1 / 3.0, 2 / 3.0], absolute: 1e-15)
  // Odds 1/4 · 2/3, 3/2 · 1/9, 9 · 3/7; the root of their product is the mean of the logits.
  let odds = [1 / 6.0, 1 / 6.0, 27 / 7.0].map { $0.squareRoot() }
  expectClose(
    Blend.logits([a, b], weights: [0.5, 0.5]).scores, odds.map { $0 / (1 + $0) }, absolute: 1e-15)
  // A blend of blends: two models are half of one vote.
  let nested = Blending.equal(.mean, [.model(0), .equal(.mean, [.model(1), .model(0)])])
  expectClose(nested([a, b]).scores[0], 0.75 * 0.2 + 0.25 * 0.4, absolute: 1e-15)
  #expect(nested.shares(of: 2) == [0.75, 0.25])
}

@Test func greedySelectionFindsThePair() throws {
  // Each of the first two has one pair wrong, another one; their mean has none. The third is noise, the fourth the first
  // upside down.
  let labels = [0, 0, 1, 1]
  let members = [
    predictions([0.1, 0.6, 0.5, 0.9], labels), predictions([0.6, 0.1, 0.9, 0.5], labels),
    predictions([0.5, 0.5, 0.4, 0.6], labels), predictions([0.9, 0.4, 0.5, 0.1], labels),
  ]
  let selection = try #require(GreedySelection(members, labels: labels))
  #expect(selection.weights == [0.5, 0.5, 0, 0])
  // The best alone stays alone, and of equals the first.
  #expect(
    try #require(GreedySelection([members[2], predictions([0, 0, 1, 1], labels)], labels: labels)).weights
      == [0, 1])
  #expect(try #require(GreedySelection([members[0], members[0]], labels: labels)).weights == [1, 0])
  // Taken more than once: a third of the second's vote is what is needed.
  let twice = [predictions([0.2, 0.4, 0.3, 0.9], labels), predictions([0.65, 0.1, 0.5, 0.9], labels)]
  #expect(try #require(GreedySelection(twice, labels: labels)).weights == [2 / 3.0, 1 / 3.0])
  #expect(GreedySelection(members, labels: [1, 1, 1, 1]) == nil)
}

/// Members that know nothing: what was chosen by the other folds is no better than chance, what was chosen by all is.
@Test func crossFittingShowsTheOptimismOfASelection() throws {
  var draws = Seed(2).stream()
  let labels = (0..<120).map { $0 % 2 }
  let members = (0..<20).map { _ in predictions(labels.map { _ in draws.unit() }, labels) }
  let selection = try #require(GreedySelection(members, labels: labels))
  let apparent = try Evaluation(Blend.mean(members, weights: selection.weights)).auc ?? 0
  let folds = labels.indices.map { $0 / 2 % 4 + 1 }
  let honest =
    try Evaluation(
      try #require(GreedySelection.crossFitted(members, labels: labels, folds: folds))
    ).auc ?? 1
  #expect(apparent > 0.55 && honest < apparent - 0.05, "\(apparent), \(honest)")
}
