import FoundationEssentials
import Testing
import ZooStatistics

/// Reference values that scripts/fixtures/bands.py wrote, from NumPy, statsmodels and scikit-learn.
private struct Bands: Decodable {
  struct Case: Decodable {
    let name: String
    let scores: [Double]
    let labels: [Int]
    let places: [Double]
    let lower: [Double]
    let upper: [Double]
    let errorByChance: [Double]
  }

  let cases: [Case]

  static func read() throws -> Bands {
    let path = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let file = try Data(contentsOf: URL(filePath: "/\(path)/Fixtures/statistics/bands.json"))
    return try JSONDecoder().decode(Bands.self, from: file)
  }
}

@Suite struct BandTests {
  @Test func rocBandsEqualReference() throws {
    for one in try Bands.read().cases {
      let band = try #require(
        ROCBand(scores: one.scores, labels: one.labels.map { $0 == 1 }))
      for (place, expected) in zip(one.places, zip(one.lower, one.upper)) {
        let index = try #require(band.falseAlarms.firstIndex { abs($0 - place) < 1e-9 })
        #expect(abs(band.lower[index] - expected.0) < 1e-9, "\(one.name) lower at \(place)")
        #expect(abs(band.upper[index] - expected.1) < 1e-9, "\(one.name) upper at \(place)")
      }
    }
  }

  @Test func rocBandHoldsTheCurve() throws {
    let one = try Bands.read().cases[2]
    let labels = one.labels.map { $0 == 1 }
    let band = try #require(ROCBand(scores: one.scores, labels: labels))
    #expect(band.falseAlarms.count == 101 && zip(band.lower, band.upper).allSatisfy { $0 <= $1 })
    #expect(band.lower == band.lower.sorted() && band.upper == band.upper.sorted())
    #expect(band.upper.last == 1 && band.lower.last == 1)
    // Perfect separation: Wilson's interval of two of two, but where there is nothing to know.
    let perfect = try #require(
      ROCBand(scores: [0.1, 0.2, 0.8, 0.9], labels: [false, false, true, true], places: 5))
    let end = try #require(Rate(2, of: 2)).interval.lowerBound
    #expect(perfect.lower == [0, end, end, end, 1] && perfect.upper == [1, 1, 1, 1, 1])
    #expect(ROCBand(scores: [0.1, 0.9], labels: [false, true]) == nil)
    #expect(ROCBand(scores: [0.1, .nan, 0.8, 0.9], labels: [false, false, true, true]) == nil)
  }

  @Test func calibrationErrorsByChance() throws {
    for one in try Bands.read().cases {
      let range = try #require(
        ReliabilityCurve.errorByChance(probabilities: one.scores, replicates: 4000, seed: 5))
      #expect(abs(range.lowerBound - one.errorByChance[0]) < 0.006, "\(one.name)")
      #expect(abs(range.upperBound - one.errorByChance[1]) < 0.006, "\(one.name)")
    }
    #expect(ReliabilityCurve.errorByChance(probabilities: [], seed: 1) == nil)
    #expect(ReliabilityCurve.errorByChance(probabilities: [1.5], seed: 1) == nil)
    #expect(ReliabilityCurve.errorByChance(probabilities: [0, 1], seed: 1) == 0...0)
  }
}
