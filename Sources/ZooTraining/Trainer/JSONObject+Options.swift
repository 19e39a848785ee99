import ZooCore

extension JSONObject {
  /// One of the words of an enumeration.
  mutating func choice<Choice>(_ key: String, default fallback: Choice) throws -> Choice
  where Choice: RawRepresentable<String> & CaseIterable {
    let words = Choice.allCases.map(\.rawValue)
    return Choice(rawValue: try choice(key, of: words, default: fallback.rawValue)) ?? fallback
  }

  /// A value that may be absent or null.
  mutating func optional<Value>(
    _ key: String, _ read: (inout JSONObject, String) throws -> Value
  ) throws -> Value? {
    guard let found = value(key), found != .null else { return nil }
    return try read(&self, key)
  }
}
