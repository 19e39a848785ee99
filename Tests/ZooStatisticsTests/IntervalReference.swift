import FoundationEssentials

/// The reference values that scripts/fixtures/intervals.py wrote.
struct IntervalReference: Decodable {
  struct JackknifeRow: Decodable {
    let figure: String
    let labels: [Int]
    let p: [Double]
    let estimate: Double
    let variance: Double
    let interval: [Double]
    /// That of cases drawn together, whatever their class.
    let together: [Double]
  }

  struct BootstrapTRow: Decodable {
    let labels: [Int]
    let values: [Double]
    let mean: Double
    let error: Double
    let replicates: [[Double]]
    let interval: [Double]
    let wide: [Double]
  }

  struct MeanOfRates: Decodable {
    let hits: [Int]
    let cases: [Int]
    let interval: [Double]
  }

  struct F1Row: Decodable {
    let counts: [[Int]]
    let value: Double
    let interval: [Double]
  }

  /// Calls of which each class's cases are all called alike, and their Matthews' correlation.
  struct CertainCalls: Decodable {
    let calls: [Int]
    let sizes: [Int]
    let value: Double
    let interval: [Double]
  }

  struct RegionRow: Decodable {
    let bound: Double
    /// −1e300 stands for no lower end.
    let region: [Double]
  }

  struct OperatingRow: Decodable {
    let labels: [Int]
    let p: [Double]
    let share: Double
    let turned: Bool
    let estimate: Double
    let interval: [Double]
  }

  struct CalibrationRow: Decodable {
    let labels: [Int]
    let p: [Double]
    let interval: [Double]
  }

  let jackknife: [JackknifeRow]
  let bootstrapT: [BootstrapTRow]
  let meanOfRates: [MeanOfRates]
  let f1: [F1Row]
  let regions: [RegionRow]
  let certainCalls: [CertainCalls]
  let operatingRate: [OperatingRow]
  let calibration: [CalibrationRow]

  static func load() throws -> IntervalReference {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = folder.appending(path: "Fixtures/statistics/intervals.json")
    return try decoder.decode(IntervalReference.self, from: Data(contentsOf: file))
  }
}
