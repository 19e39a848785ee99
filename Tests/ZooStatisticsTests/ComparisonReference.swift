import FoundationEssentials

/// The reference values that scripts/fixtures/comparison.py wrote.
struct ComparisonReference: Decodable {
  struct Curve: Decodable {
    struct Partial: Decodable {
      let axis: String
      let low: Double
      let high: Double
      let area: Double
      let standardised: Double
    }
    struct Target: Decodable {
      let target: Double
      let sensitivity: Double
      let specificity: Double
    }
    let name: String
    let labels: [Int]
    let a: [Double]
    let falseAlarms: [Double]
    let sensitivity: [Double]
    let thresholds: [Double]
    let precision: [Double]
    let recall: [Double]
    let averagePrecision: Double
    let partial: [Partial]
    let at: [Target]
    let cut: Double
    let counts: [Int]
    let f1: Double
    let matthews: Double
    let balancedAccuracy: Double

    var positives: [Bool] { labels.map { $0 == 1 } }
  }

  struct Classes: Decodable {
    let labels: [Int]
    let p: [[Double]]
    let q: [[Double]]
    let macro: Double
    let weighted: Double
    let macroPrecision: Double
    let matrix: [[Int]]
    let balancedAccuracy: Double
    let f1: Double
    let matthews: Double
    let variance: Double
    let interval: [Double]
    let difference: Double
    let standardError: Double
    let correlation: Double
    let pValue: Double
    let differenceInterval: [Double]
    let confidence: [Double]
    let right: [Double]
  }

  struct Pair: Decodable {
    let name: String
    let labels: [Int]
    let a: [Double]
    let b: [Double]
    let interval: [Double]
    let correlation: Double?
    let z: Double?
    let p: Double?

    var positives: [Bool] { labels.map { $0 == 1 } }
  }

  struct Wilson: Decodable {
    let successes: Int
    let cases: Int
    let interval: [Double]
  }

  struct HolmRow: Decodable {
    let p: [Double]
    let adjusted: [Double]
  }

  struct BCaRow: Decodable {
    let name: String
    let labels: [Int]
    let a: [Double]
    let estimate: Double
    let leftOut: [[Double]]
    let replicates: [Double]
    let interval: [Double]
    let wide: [Double]
  }

  struct Calibration: Decodable {
    struct Bins: Decodable {
      let bins: Int
      let rate: [Double]
      let probability: [Double]
      let cases: [Int]
      let expectedError: Double
      let maximumError: Double
    }
    struct Threshold: Decodable {
      let sensitivity: Double
      let threshold: Double
      let low: Double?
      let high: Double?
    }
    let labels: [Int]
    let logits: [[Double]]
    let temperature: Double
    let platt: [Double]?
    let probabilities: [Double]?
    let uniform: Bins?
    let quantile: Bins?
    let thresholds: [Threshold]?
  }

  struct PowerRow: Decodable {
    let positives: Int
    let negatives: Int
    let auc: Double
    let correlation: Double
    let difference: Double
    let level: Double
    let power: Double
  }

  struct SightRow: Decodable {
    let labels: [Int]
    let scores: [[Double]]
    let baselines: [[Double]]
    let best: Int
    let pairs: Int
    let similarity: Double
    let difference: Double
  }

  struct Split: Decodable {
    let aucs: [[Double]]
    let caseVariances: [[Double]]
    let `case`: Double
    let fold: Double
    let seed: Double?
  }

  struct QuantilePoint: Decodable {
    let share: Double
    let value: Double
  }

  let curves: [Curve]
  let classes: [Classes]
  let pairs: [Pair]
  let wilson: [Wilson]
  let holm: [HolmRow]
  let bca: [BCaRow]
  let calibration: [Calibration]
  let power: [PowerRow]
  let sight: [SightRow]
  let split: [Split]
  let quantile: [QuantilePoint]

  static func load() throws -> ComparisonReference {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = folder.appending(path: "Fixtures/statistics/comparison.json")
    return try decoder.decode(ComparisonReference.self, from: Data(contentsOf: file))
  }
}
