import Testing
import ZooTracking

private func histogram(_ values: [Float], bins: Int = 4) -> Histogram? {
  values.withUnsafeBufferPointer { Histogram($0, bins: bins) }
}

@Test func histogramsCountEveryValueOnce() throws {
  let one = try #require(histogram([0, 0.5, 1, 1.5, 2, 4, 4]))
  #expect(one.limits == [1, 2, 3, 4] && one.counts == [2, 2, 1, 2])
  #expect(one.least == 0 && one.greatest == 4 && one.count == 7 && one.sum == 13)
  #expect(one.sumOfSquares == 0.25 + 1 + 2.25 + 4 + 16 + 16)
}

@Test func histogramsOfOneValueHaveOneBin() throws {
  let one = try #require(histogram([-2, -2, -2]))
  #expect(one.limits == [-2] && one.counts == [3] && one.least == -2 && one.greatest == -2)
}

@Test func histogramsOfExtremes() throws {
  #expect(histogram([]) == nil)
  #expect(histogram([1, .nan]) == nil && histogram([1, .infinity]) == nil && histogram([.nan, 1]) == nil)
  let wide = try #require(histogram([-.greatestFiniteMagnitude, .greatestFiniteMagnitude]))
  #expect(wide.counts == [1, 0, 0, 1])
  let tiny = try #require(histogram([0, .leastNonzeroMagnitude]))
  #expect(tiny.counts.reduce(0, +) == 2)
}
