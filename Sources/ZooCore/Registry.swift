/// Things found by name: an explicit list, handed down by whoever needs it; nothing registers itself.
///
/// A name may stand in it once; an unknown name is answered with the nearest one and the names there are.
public struct Registry<Entry: Sendable>: Sendable {
  /// What an entry is called in messages: `layer`, `optimizer`.
  public let kind: String
  private let entries: [String: Entry]

  /// Makes a registry of named entries; a name that stands twice is a problem.
  public init(of kind: String, _ list: [(name: String, entry: Entry)]) throws {
    var entries: [String: Entry] = [:]
    for (name, entry) in list {
      guard entries.updateValue(entry, forKey: name) == nil else {
        throw Problem("two entries have the same name", at: "\(kind) \"\(name)\"", next: "rename one of them")
      }
    }
    self.kind = kind
    self.entries = entries
  }

  /// All names, sorted.
  public var names: [String] { entries.keys.sorted() }

  /// The entry of a name; `place` says where the name was read.
  public func find(_ name: String, at place: String? = nil) throws -> Entry {
    guard let entry = entries[name] else {
      throw Problem("unknown \(kind) \"\(name)\"", at: place, next: suggestion(for: name, from: names))
    }
    return entry
  }
}
