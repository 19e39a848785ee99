public import FoundationEssentials

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

  /// Reads a document; `place` is the file's name for messages. A syntax error names line and column.
  public init(_ data: Data, from place: String) throws {
    do {
      self = try JSONDecoder().decode(JSONValue.self, from: data)
    } catch let DecodingError.dataCorrupted(context) {
      let cause = context.underlyingError.map { "\($0)" } ?? context.debugDescription
      throw Problem("not valid JSON", at: place, found: JSONValue.plain(cause))
    }
  }

  /// The document as text, keys sorted; `indented` for people.
  public func text(indented: Bool = true) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      indented ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
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

  /// The part of a Foundation error text that speaks of the document.
  private static func plain(_ text: String) -> String {
    guard let start = text.firstRange(of: "NSDebugDescription=") else { return text }
    return String(text[start.upperBound...].prefix { $0 != "}" && $0 != ")" })
  }
}

extension JSONValue: Codable {
  /// Decodes any JSON value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

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
