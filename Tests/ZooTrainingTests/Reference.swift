import FoundationEssentials
import Testing
import ZooCore
import ZooTestSupport

/// The numbers that scripts/fixtures made with PyTorch, training.py unless another file is named.
struct Reference {
  let values: JSONValue

  init(_ key: String) throws { values = try Reference(file: "reference.json").values.at(key) }

  /// Another script's numbers.
  init(file: String) throws {
    let path = #filePath.replacing("ZooTrainingTests/Reference.swift", with: "Fixtures/training/\(file)")
    values = try JSONValue(parsing: #require(FileManager.default.contents(atPath: path)), from: file)
  }
}
