import Testing
import ZooStatistics
import ZooTestSupport

@Test func ranksCorrelateAsInSciPy() throws {
  for one in try Reference().values.at("ranks").elements {
    let r = rankCorrelation(try one.at("a").doubles, try one.at("b").doubles)
    expectClose(try #require(r), try one.at("spearman").double, absolute: 1e-12)
  }
  #expect(rankCorrelation([1, 2, 3], [10, 20, 15]) == 0.5)
  #expect(rankCorrelation([1, 2, 3], [5, 5, 5]) == nil && rankCorrelation([], []) == nil)
}
