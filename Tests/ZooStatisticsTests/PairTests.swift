import Testing
import ZooStatistics
import ZooTestSupport

@Test func pairedTestEqualsPROC() throws {
  var tested = 0
  for item in try ComparisonReference.load().pairs {
    let paired = try #require(PairedDeLong(item.a, item.b, labels: item.positives))
    expectClose(
      [paired.interval.lowerBound, paired.interval.upperBound], item.interval, absolute: 1e-9, item.name)
    guard let z = item.z, let p = item.p, let correlation = item.correlation else { continue }
    expectClose(paired.z, z, relative: 1e-9, item.name)
    expectClose(paired.p, p, relative: 1e-9, item.name)
    expectClose(try #require(paired.correlation), correlation, absolute: 1e-9, item.name)
    tested += 1
  }
  #expect(tested == 3)
}

@Test func pairedTestOfManyClassesEqualsReference() throws {
  for item in try ComparisonReference.load().classes {
    let paired = try #require(PairedDeLong(item.p, item.q, labels: item.labels))
    expectClose(paired.difference, item.difference, absolute: 1e-12)
    expectClose(paired.standardError, item.standardError, relative: 1e-9)
    expectClose(try #require(paired.correlation), item.correlation, absolute: 1e-9)
    expectClose(paired.p, item.pValue, relative: 1e-8)
    expectClose(
      [paired.interval.lowerBound, paired.interval.upperBound], item.differenceInterval, absolute: 1e-9)
    let same = try #require(PairedDeLong(item.p, item.p, labels: item.labels))
    #expect(same.difference == 0 && same.p == 1 && same.interval == 0...0)
  }
}

@Test func twoClassesAreTheSecondColumn() throws {
  let item = try #require(try ComparisonReference.load().pairs.first)
  let rows = [item.a, item.b].map { $0.map { [1 - $0, $0] } }
  #expect(
    PairedDeLong(rows[0], rows[1], labels: item.labels)
      == PairedDeLong(item.a, item.b, labels: item.positives))
  #expect(
    DeLong(probabilities: rows[0], labels: item.labels) == DeLong(scores: item.a, labels: item.positives))
}

@Test func holmEqualsReference() throws {
  for item in try ComparisonReference.load().holm {
    expectClose(try #require(Holm.adjusted(item.p)), item.adjusted, absolute: 1e-15)
  }
  #expect(Holm.adjusted([]) == [])
  #expect(Holm.adjusted([0.5, .nan]) == nil && Holm.adjusted([1.5]) == nil)
}

@Test func everyPairIsComparedOnce() throws {
  // The first two separate well and are alike, the third is reversed.
  let labels = (0..<40).map { $0 >= 20 }
  let good = (0..<40).map { Double(($0 * 7) % 13) + ($0 >= 20 ? 9 : 0) }
  let near = (0..<40).map { Double(($0 * 5) % 13) + ($0 >= 20 ? 9 : 0) }
  let bad = good.map { -$0 }
  let all = try #require(PairwiseComparison(scores: [bad, good, near], labels: labels))
  #expect(all.pairs.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [1, 2]])
  #expect(all.pairs.map(\.verdict) == [.worse, .worse, .tied])
  for pair in all.pairs { #expect(pair.adjustedP >= pair.test.p && pair.adjustedP <= 1) }
  #expect(PairwiseComparison(scores: [good], labels: labels) == nil)
  #expect(PairwiseComparison(scores: [good, [.nan] + good.dropFirst()], labels: labels) == nil)
}

@Test func powerEqualsReference() throws {
  let rows = try ComparisonReference.load().power
  #expect(rows.map(\.level) == [0.05, 0.05, 0.05, 0.05 / 6])
  for item in rows {
    let power = try #require(
      Power(
        positives: item.positives, negatives: item.negatives, auc: item.auc, correlation: item.correlation,
        level: item.level))
    let chance = try #require(power.power(ofDifference: item.difference))
    expectClose(chance, item.power, absolute: 1e-9)
    // Asked the other way round, the same difference.
    expectClose(try #require(power.detectableDifference(power: chance)), item.difference, absolute: 1e-7)
    guard let detectable = power.detectableDifference() else {
      #expect(item.positives == 20)
      continue
    }
    expectClose(try #require(power.power(ofDifference: detectable)), 0.8, absolute: 1e-9)
  }
  #expect(Power(positives: 5, negatives: 5, auc: 0.97, correlation: 0)?.detectableDifference() == nil)
  #expect(Power(positives: 5, negatives: 5, auc: 1, correlation: 0) == nil)
  #expect(Power(positives: 5, negatives: 5, auc: .nan, correlation: 0) == nil)
  let labels = [true, true, true, false, false, false]
  let found = try #require(Power.correlation([3, 4, 2, 1, 2.5, 0], [30, 40, 20, 1, 2, 0], labels: labels))
  #expect(found > 0.9 && found <= 1)
  #expect(Power.correlation([3, 4, 2, 1, 2.5, 0], [1, 1, 1, 1, 1, 1], labels: labels) == nil)
  #expect(Power.correlation([3, 4, 2, 1, .nan, 0], [30, 40, 20, 1, 2, 0], labels: labels) == nil)
}

@Test func whatCasesCanShowEqualsReference() throws {
  let rows = try ComparisonReference.load().sight
  #expect(rows.map(\.scores.count) == [4, 1])
  func classes(_ scores: [[Double]]) -> [[[Double]]] { scores.map { $0.map { [1 - $0, $0] } } }
  for item in rows {
    func sight(_ scores: [[Double]], baselines: [[Double]]? = nil) -> Sight? {
      Sight(
        contenders: classes(scores), best: item.best, baselines: classes(baselines ?? item.baselines),
        labels: item.labels, pairs: item.pairs)
    }
    let found = try #require(sight(item.scores))
    expectClose(try #require(found.similarity), item.similarity, absolute: 1e-9)
    expectClose(try #require(found.difference), item.difference, absolute: 1e-7)
    #expect(found.level == 0.05 / Double(item.pairs) && found.cases == 150 && found.positives == 60)
    // Twins alone say nothing, nor does one that separates all.
    #expect(sight([item.scores[0], item.scores[0]])?.limit == .twins)
    let perfect = item.labels.map { Double($0) }
    #expect(sight([perfect, item.scores[0]])?.limit == .extreme(1))
    #expect(sight([item.scores[0]], baselines: []) == nil)
  }
  let three = [[[0.2, 0.3, 0.5], [0.5, 0.3, 0.2]], [[0.1, 0.4, 0.5], [0.5, 0.3, 0.2]]]
  #expect(
    Sight(contenders: three, best: 0, baselines: [], labels: [2, 0], pairs: 1)?.limit == .classes(3))
}

@Test func varianceSplitEqualsReference() throws {
  let rows = try ComparisonReference.load().split
  #expect(rows.map { $0.seed == nil } == [false, false, true])
  for item in rows {
    let split = try #require(VarianceSplit(aucs: item.aucs, caseVariances: item.caseVariances))
    expectClose([split.fold, split.cases], [item.fold, item.case], absolute: 1e-15, relative: 1e-9)
    if let seed = item.seed { expectClose(try #require(split.seed), seed, relative: 1e-9) }
    #expect((split.seed == nil) == (item.seed == nil))
  }
  #expect(VarianceSplit(aucs: [[0.5]], caseVariances: [[0.1]]) == nil)
  #expect(VarianceSplit(aucs: [[0.5], [0.5, 0.6]], caseVariances: [[0.1], [0.1, 0.1]]) == nil)
  #expect(VarianceSplit(aucs: [[0.5], [.nan]], caseVariances: [[0.1], [0.1]]) == nil)
}
