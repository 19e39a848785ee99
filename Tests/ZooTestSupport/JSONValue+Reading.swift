import Testing
public import ZooCore

extension JSONValue {
  /// The value of a key; an error if there is none.
  public func at(_ key: String) throws -> JSONValue {
    guard case .object(let values) = self else { throw Problem("no object, has no \(key)") }
    return try #require(values[key], "\(key)")
  }

  /// The elements of an array.
  public var elements: [JSONValue] {
    get throws {
      guard case .array(let values) = self else { throw Problem("no array: \(kind)") }
      return values
    }
  }

  /// A number.
  public var double: Double {
    get throws {
      guard case .number(let value) = self else { throw Problem("no number: \(kind)") }
      return value
    }
  }

  /// A string.
  public var string: String {
    get throws {
      guard case .string(let value) = self else { throw Problem("no string: \(kind)") }
      return value
    }
  }

  /// The numbers of an array.
  public var doubles: [Double] { get throws { try elements.map { try $0.double } } }

  /// The numbers of an array as floats.
  public var floats: [Float] { get throws { try doubles.map { Float($0) } } }

  /// The whole numbers of an array.
  public var integers: [Int] { get throws { try doubles.map { Int($0) } } }
}
