import FoundationEssentials
import Testing
import ZooCore

/// Distribution functions of SciPy at some points, made by scripts/fixtures/augmentation.py.
private struct Reference {
  let a, b: Double
  let points, shares: [Double]

  static func all() throws -> [Reference] {
    let path = #filePath.replacing(
      "ZooCoreTests/DistributionTests.swift", with: "Fixtures/augmentation/augmentation.json")
    var file = try JSONObject(
      JSONValue(parsing: try #require(FileManager.default.contents(atPath: path)), from: path), at: path)
    return try file.array("distributions").map { item in
      var item = try JSONObject(item, at: path)
      return Reference(
        a: try item.number("a", in: 0...9), b: try item.number("b", in: 0...9), points: try item.numbers("x"),
        shares: try item.numbers("cdf"))
    }
  }

  /// The largest distance between the draws' distribution and this one (Kolmogorov and Smirnov).
  func distance(of draws: [Double]) -> Double {
    let sorted = draws.sorted()
    var (below, largest) = (0, 0.0)
    for (point, share) in zip(points, shares) {
      while below < sorted.count, sorted[below] <= point { below += 1 }
      largest = max(largest, abs(Double(below) / Double(sorted.count) - share))
    }
    return largest
  }
}

extension JSONObject {
  fileprivate mutating func numbers(_ key: String) throws -> [Double] {
    try array(key).map { if case .number(let number) = $0 { number } else { throw Problem("no number") } }
  }
}

/// The distance that one in 1,000 samples of n exceeds.
private func bound(_ n: Int) -> Double { 1.95 / Double(n).squareRoot() }

@Test(arguments: [UInt64(1), 2, 3]) func betaDrawsHaveTheirDistribution(seed: UInt64) throws {
  for reference in try Reference.all() where reference.a > 0 {
    var draws = Seed(seed).stream()
    let values = (0..<40_000).map { _ in draws.beta(reference.a, reference.b) }
    #expect(values.allSatisfy { (0...1).contains($0) })
    #expect(reference.distance(of: values) < bound(40_000), "Beta(\(reference.a), \(reference.b))")
  }
}

@Test(arguments: [UInt64(1), 2, 3]) func normalDrawsHaveTheirDistribution(seed: UInt64) throws {
  let reference = try #require(Reference.all().first { $0.a == 0 })
  var (single, pairs) = (Seed(seed).stream(), Seed(seed).stream())
  let one = (0..<40_000).map { _ in single.normal() }
  let two = (0..<40_000).map { _ in pairs.normalPair() }
  #expect(two.map(\.0) == one)
  #expect(reference.distance(of: one) < bound(40_000))
  #expect(reference.distance(of: two.map(\.1)) < bound(40_000))
  // Independent of each other.
  let product = zip(one, two).reduce(0) { $0 + $1.0 * $1.1.1 } / 40_000
  #expect(abs(product) < 4 / Double(40_000).squareRoot())
}

@Test func tinyShapesStayWithinBounds() {
  var draws = Seed(7).stream()
  let values = (0..<1000).map { _ in draws.beta(0.001, 0.001) }
  #expect(values.allSatisfy { (0...1).contains($0) })
  #expect(values.count { $0 < 0.5 } > 400 && values.count { $0 > 0.5 } > 400)
}
