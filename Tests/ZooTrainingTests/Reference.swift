import FoundationEssentials
import Testing
import ZooCore

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

extension JSONValue {
  /// The value of a key; an error if there is none.
  func at(_ key: String) throws -> JSONValue {
    guard case .object(let values) = self else { throw Problem("no object, has no \(key)") }
    return try #require(values[key], "\(key)")
  }

  /// The elements of an array.
  var elements: [JSONValue] {
    get throws {
      guard case .array(let values) = self else { throw Problem("no array: \(kind)") }
      return values
    }
  }

  /// A number.
  var double: Double {
    get throws {
      guard case .number(let value) = self else { throw Problem("no number: \(kind)") }
      return value
    }
  }

  /// A string.
  var string: String {
    get throws {
      guard case .string(let value) = self else { throw Problem("no string: \(kind)") }
      return value
    }
  }

  /// The numbers of an array.
  var doubles: [Double] { get throws { try elements.map { try $0.double } } }

  /// The numbers of an array as floats.
  var floats: [Float] { get throws { try doubles.map { Float($0) } } }
}
