import FoundationEssentials

/// A JSON document as a value.
public enum JSONValue: Hashable, Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// Any number; whole numbers up to 2⁵³ are exact.
  case number(Double)
  /// A string
  case string(String)
  /// An array
  case array([JSONValue])
  /// An object
  case object([String: JSONValue])

  /// Reads a document (UTF-8); `place` is the file's name for messages. A mistake names its line and column.
  public init(parsing bytes: some Collection<UInt8>, from place: String) throws {
    var parser = JSONParser(Array(bytes), from: place)
    self = try parser.document()
  }

  /// The document as text, keys sorted; `indented` for people.
  public func text(indented: Bool = true) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      indented
      ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
    // Values of this type always encode: NaN and infinities are written as null.
    guard let data = try? encoder.encode(self) else { return "null" }
    return String(decoding: data, as: UTF8.self)
  }

  /// What kind of value this is, for messages.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value): value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    case .string(let value): "\"\(value)\""
    case .array(let values): "an array of \(values.count)"
    case .object: "an object"
    }
  }
}

extension JSONValue: Encodable {
  /// Encodes the value; a number that JSON cannot hold becomes null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value):
      if !value.isFinite {
        try container.encodeNil()
      } else if value == value.rounded(), abs(value) < 1e15 {
        try container.encode(Int64(value))
      } else {
        try container.encode(value)
      }
    case .string(let value): try container.encode(value)
    case .array(let values): try container.encode(values)
    case .object(let values): try container.encode(values)
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string
  public init(stringLiteral value: String) { self = .string(value) }
  /// A number
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A whole number
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// A truth value
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object; of equal keys the last one counts.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}
