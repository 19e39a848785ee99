import FoundationEssentials

/// The reference values that scripts/fixtures/scores.py wrote.
struct Reference: Decodable {
  struct Binary: Decodable {
    let name: String
    let labels: [Int]
    let a: [Double]
    let b: [Double]
    let auc: [Double]
    let variance: [Double]
    let intervals: [[Double]]
    let difference: Double
    let standardError: Double?
    let z: Double?
    let p: Double?

    var positives: [Bool] { labels.map { $0 == 1 } }
  }

  struct Multiclass: Decodable {
    let name: String
    let labels: [Int]
    let probabilities: [[Double]]
    let auc: Double
    let accuracy: Double
    let logLoss: Double
    let brier: Double
  }

  struct Logistic: Decodable {
    let name: String
    let features: [[Double]]
    let labels: [Int]
    let ridge: Double
    let probes: [[Double]]
    let probabilities: [[Double]]
  }

  struct NormalPoint: Decodable {
    let x: Double
    let cdf: Double
    let twoSided: Double
  }

  let binary: [Binary]
  let multiclass: [Multiclass]
  let logistic: [Logistic]
  let normal: [NormalPoint]

  static func load() throws -> Reference {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = folder.appending(path: "Fixtures/statistics/statistics.json")
    return try decoder.decode(Reference.self, from: Data(contentsOf: file))
  }
}
