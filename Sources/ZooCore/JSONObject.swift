/// A JSON object that is read key by key and then refuses what nobody read.
///
/// Every getter names the path of the value when it complains: `densenet.json: layers[3].kernel`.
public struct JSONObject: Sendable {
  /// Where the object stands.
  public let place: String
  private let values: [String: JSONValue]
  private var asked: Set<String> = []

  /// Takes a value that has to be an object.
  public init(_ value: JSONValue, at place: String) throws {
    guard case .object(let values) = value else {
      throw Problem("wrong value", at: place, expected: "an object { … }", found: value.kind)
    }
    self.place = place
    self.values = values
  }

  /// The path of one of the object's values.
  public func path(_ key: String) -> String {
    place.hasSuffix(".json") ? "\(place): \(key)" : "\(place).\(key)"
  }

  /// A value as it stands, or nil.
  public mutating func value(_ key: String) -> JSONValue? {
    asked.insert(key)
    return values[key]
  }

  /// A required value.
  public mutating func required(_ key: String) throws -> JSONValue {
    guard let value = value(key) else {
      let misspelt = nearest(to: key, in: values.keys.filter { !asked.contains($0) }.sorted())
      throw Problem(
        "missing key \"\(key)\"", at: place, found: misspelt.map { "\"\($0)\"" },
        next: misspelt == nil ? "add it" : "rename it")
    }
    return value
  }

  /// A whole number within a range.
  public mutating func integer(_ key: String, in range: ClosedRange<Int>, default fallback: Int? = nil) throws
    -> Int
  {
    if let fallback, value(key) == nil { return fallback }
    let value = try required(key)
    guard let number = value.wholeNumber, range.contains(number) else {
      throw wrong(key, value, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number within a range.
  public mutating func number(
    _ key: String, in range: ClosedRange<Double>, default fallback: Double? = nil
  ) throws -> Double {
    if let fallback, value(key) == nil { return fallback }
    let value = try required(key)
    guard case .number(let number) = value, range.contains(number) else {
      throw wrong(key, value, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A truth value.
  public mutating func bool(_ key: String, default fallback: Bool? = nil) throws -> Bool {
    if let fallback, value(key) == nil { return fallback }
    let value = try required(key)
    guard case .bool(let flag) = value else { throw wrong(key, value, expected: "true or false") }
    return flag
  }

  /// A string.
  public mutating func string(_ key: String, default fallback: String? = nil) throws -> String {
    if let fallback, value(key) == nil { return fallback }
    let value = try required(key)
    guard case .string(let text) = value else { throw wrong(key, value, expected: "a string") }
    return text
  }

  /// One of a few words.
  public mutating func choice(_ key: String, of words: [String], default fallback: String? = nil) throws
    -> String
  {
    let word = try string(key, default: fallback)
    guard words.contains(word) else {
      throw Problem("unknown value \"\(word)\"", at: path(key), next: suggestion(for: word, from: words))
    }
    return word
  }

  /// An array.
  public mutating func array(_ key: String, default fallback: [JSONValue]? = nil) throws -> [JSONValue] {
    if let fallback, value(key) == nil { return fallback }
    let value = try required(key)
    guard case .array(let values) = value else { throw wrong(key, value, expected: "an array [ … ]") }
    return values
  }

  /// One whole number for all three axes, or three (depth, height, width).
  public mutating func triple(
    _ key: String, in range: ClosedRange<Int>, default fallback: Int? = nil
  ) throws -> [Int] {
    if let fallback, value(key) == nil { return [fallback, fallback, fallback] }
    let value = try required(key)
    let numbers: [Int?] =
      if case .array(let values) = value { values.map(\.wholeNumber) } else {
        Array(repeating: value.wholeNumber, count: 3)
      }
    guard numbers.count == 3, numbers.allSatisfy({ $0.map(range.contains) ?? false }) else {
      let limits = "from \(range.lowerBound) to \(range.upperBound)"
      throw wrong(
        key, value, expected: "a whole number \(limits), or three in an array (depth, height, width)")
    }
    return numbers.compactMap(\.self)
  }

  /// Refuses keys that nobody asked for; `type` and the like that the caller read outside count as asked.
  public func finish(alsoKnown known: Set<String> = []) throws {
    let all = asked.union(known)
    for key in values.keys.sorted() where !all.contains(key) {
      throw Problem("unknown key \"\(key)\"", at: place, next: suggestion(for: key, from: Array(all)))
    }
  }

  /// The complaint about a value of the wrong kind.
  public func wrong(_ key: String, _ value: JSONValue, expected: String) -> Problem {
    Problem("wrong value", at: path(key), expected: expected, found: value.kind)
  }
}

extension JSONValue {
  /// The value as a whole number, if it is one.
  public var wholeNumber: Int? {
    guard case .number(let number) = self, number == number.rounded(), abs(number) < 1e15 else { return nil }
    return Int(number)
  }
}
