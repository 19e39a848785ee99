import Testing
import ZooStatistics
import ZooTestSupport

@Test func aucVarianceAndIntervalEqualTheTextbook() throws {
  let cases = try Reference.load().binary
  #expect(cases.count == 11)
  for item in cases {
    for (index, scores) in [item.a, item.b].enumerated() {
      let delong = try #require(DeLong(scores: scores, labels: item.positives))
      let auc = try #require(ROC.auc(scores: scores, labels: item.positives))
      expectClose(auc, item.auc[index], absolute: 1e-12, "\(item.name): AUC")
      expectClose(delong.auc, auc, "\(item.name): AUC")
      expectClose(
        delong.variance, item.variance[index], absolute: 1e-15, relative: 1e-9, "\(item.name): variance")
      expectClose(
        [delong.interval.lowerBound, delong.interval.upperBound], item.intervals[index], absolute: 1e-10,
        "\(item.name): interval")
    }
  }
}

@Test func pairedTestEqualsTheTextbook() throws {
  var tested = 0
  for item in try Reference.load().binary {
    let paired = try #require(PairedDeLong(item.a, item.b, labels: item.positives))
    expectClose([paired.first, paired.second], item.auc, absolute: 1e-12, item.name)
    expectClose(paired.difference, item.difference, absolute: 1e-12, item.name)
    guard let standardError = item.standardError, let z = item.z, let p = item.p else { continue }
    expectClose(paired.standardError, standardError, relative: 1e-9, "\(item.name): standard error")
    expectClose(paired.z, z, relative: 1e-9, "\(item.name): z")
    expectClose(paired.p, p, relative: 1e-9, "\(item.name): p")
    let swapped = try #require(PairedDeLong(item.b, item.a, labels: item.positives))
    #expect(swapped.p == paired.p && swapped.z == -paired.z)
    expectClose(
      [swapped.interval.lowerBound, swapped.interval.upperBound],
      [-paired.interval.upperBound, -paired.interval.lowerBound], absolute: 1e-12, item.name)
    tested += 1
  }
  #expect(tested == 8)
}

@Test(arguments: ["identical scores", "same ranks"])
func equalRankingHasNoDifference(name: String) throws {
  let item = try #require(try Reference.load().binary.first { $0.name == name })
  let paired = try #require(PairedDeLong(item.a, item.b, labels: item.positives))
  #expect(paired.difference == 0 && paired.standardError == 0 && paired.z == 0 && paired.p == 1)
}

@Test func perfectAgainstConstantSaysNoMoreThanASignTest() throws {
  let labels = [true, true, true, false, false, false, false]
  let paired = try #require(PairedDeLong([5, 6, 7, 1, 2, 3, 4], [1, 1, 1, 1, 1, 1, 1], labels: labels))
  #expect(paired.difference == 0.5 && paired.standardError == 0)
  #expect(paired.z == .infinity && paired.p == 0.25)
  // A true AUC of 0.025 ^ (1/3) of the perfect one is not excluded, nor is anything above it.
  expectClose(
    [paired.interval.lowerBound, paired.interval.upperBound], [0.292401773821287 - 0.5, 0.5], absolute: 1e-12)
}

@Test func undefinedIsNil() {
  #expect(ROC.auc(scores: [0.1, 0.2], labels: [true, true]) == nil)
  #expect(ROC.auc(scores: [0.1, 0.2], labels: [false, false]) == nil)
  #expect(ROC.auc(scores: [], labels: []) == nil)
  #expect(ROC.auc(scores: [0.1, .nan], labels: [true, false]) == nil)
  #expect(ROC.auc(scores: [0.1], labels: [true, false]) == nil)
  #expect(ROC.auc(scores: [.infinity, -.infinity], labels: [true, false]) == 1)
  // One positive: an AUC, but no variance of it.
  #expect(ROC.auc(scores: [2, 1, 3], labels: [true, false, false]) == 0.5)
  #expect(DeLong(scores: [2, 1, 3], labels: [true, false, false]) == nil)
  #expect(PairedDeLong([2, 1, 3], [2, 1, 3], labels: [true, false, false]) == nil)
  #expect(PairedDeLong([2, 1, 3, 4], [2, 1, 3], labels: [true, false, false, true]) == nil)
}

@Test func intervalStaysWithinItsBoundsNextToTheEnds() throws {
  // One pair out of 40 · 40 in the wrong order, and the mirror image of it.
  let labels = (0..<80).map { $0 >= 40 }
  var scores = (0..<80).map(Double.init)
  scores.swapAt(39, 40)
  for sign in [1.0, -1] {
    let delong = try #require(DeLong(scores: scores.map { sign * $0 }, labels: labels))
    #expect(delong.auc == (sign > 0 ? 1599.0 / 1600 : 1.0 / 1600))
    #expect(delong.interval.lowerBound >= 0 && delong.interval.upperBound <= 1)
    #expect(delong.interval.contains(delong.auc))
  }
}

@Test func normalDistributionEqualsReference() throws {
  let points = try Reference.load().normal
  #expect(points.count == 11)
  for point in points {
    expectClose(Normal.cdf(point.x), point.cdf, relative: 1e-12, "cdf(\(point.x))")
    expectClose(Normal.twoSided(point.x), point.twoSided, relative: 1e-12, "two-sided(\(point.x))")
  }
}
