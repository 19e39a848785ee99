import ZooCore

/// A safetensors file: named tensors and a few strings about them.
///
/// Layout: 8 bytes with the length of a JSON header, the header, then the tensors in C order, little endian.
/// Source: the format's description at huggingface/safetensors. The header is read at once, a tensor when it is asked for, from the
/// file that was opened.
public struct SafetensorsFile: Sendable {
  /// The file.
  public let path: String
  /// What the writer noted besides the tensors; empty where nothing.
  public let metadata: [String: String]

  private let file: OpenFile
  /// Where the tensors begin.
  private let start: Int
  private let entries: [String: SafetensorsHeader.Entry]

  /// A longer header is refused, as the format's own reader does it.
  private static let headerLimit = 100_000_000

  /// Opens a file and reads its header; types, shapes and offsets are checked, a wrong one is a `Problem`.
  public init(reading path: String) throws {
    let file = try OpenFile(path)
    do {
      guard file.size >= 8 else {
        throw Problem("no safetensors file", expected: "at least 8 bytes", found: "\(file.size)")
      }
      let length = try file.bytes(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard length <= Self.headerLimit, length <= file.size - 8 else {
        throw Problem(
          "no safetensors file, or cut short", expected: "a header of at most \(file.size - 8) bytes",
          found: "\(length)")
      }
      start = 8 + Int(length)
      let json = try file.bytes(8..<start)
      guard json.first == UInt8(ascii: "{") else {
        throw Problem("no safetensors file", expected: "a JSON header that starts with {")
      }
      let header = try SafetensorsHeader(json: json[...], dataSize: file.size - start)
      metadata = header.metadata
      entries = Dictionary(uniqueKeysWithValues: header.entries.map { ($0.name, $0) })
    } catch let problem as Problem {
      throw problem.inside(path)
    }
    self.file = file
    self.path = path
  }

  /// The tensors' names, in no order.
  public var names: some Collection<String> { entries.keys }

  /// A tensor's sizes, slowest axis first; nil where there is no such tensor.
  public func shape(of name: String) -> [Int]? { entries[name]?.shape }

  /// A tensor by name; a `Problem` names what there is.
  public func tensor(_ name: String) throws -> NDArray {
    let entry = try entry(name)
    let own = try file.bytes(range(of: entry))
    return NDArray(
      trusted: entry.type, shape: entry.shape,
      bytes: StoredLayout().normalized(own, type: entry.type, shape: entry.shape))
  }

  /// All tensors by name.
  public func tensors() throws -> [String: NDArray] {
    try entries.keys.reduce(into: [:]) { $0[$1] = try tensor($1) }
  }

  /// A tensor's elements as `Float`, to where there is room for just as many: `float32` without a copy between.
  public func read(_ name: String, into floats: UnsafeMutableBufferPointer<Float>) throws {
    let entry = try entry(name)
    guard entry.type == .float32 else {
      _ = try floats.update(fromContentsOf: tensor(name).floats())
      return
    }
    let bytes = UnsafeMutableRawBufferPointer(floats)
    precondition(bytes.count == entry.range.count, "the room has to fit the tensor")
    try file.fill(bytes, from: range(of: entry).lowerBound)
  }

  private func entry(_ name: String) throws -> SafetensorsHeader.Entry {
    guard let entry = entries[name] else {
      throw Problem(
        "has no tensor \"\(name)\"", at: path, next: suggestion(for: name, from: Array(entries.keys)))
    }
    return entry
  }

  /// Where a tensor's bytes stand in the file.
  private func range(of entry: SafetensorsHeader.Entry) -> Range<Int> {
    start + entry.range.lowerBound..<start + entry.range.upperBound
  }

  /// Writes tensors and strings about them; the same input gives the same bytes.
  ///
  /// The file appears whole or not at all. It is built in memory first.
  public static func write(
    tensors: [(name: String, array: NDArray)], metadata: [String: String] = [:], to path: String
  ) throws {
    let header: SafetensorsHeader
    do {
      header = try SafetensorsHeader(tensors: tensors, metadata: metadata)
    } catch let problem as Problem {
      throw problem.inside(path)
    }
    let json = header.serialized()
    let length = UInt64(json.count)
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    bytes.reserveCapacity(8 + json.count + (header.entries.last?.range.upperBound ?? 0))
    bytes += json
    let arrays = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.array) })
    for entry in header.entries { bytes += arrays[entry.name]?.bytes ?? [] }
    try Files.writeAtomically(bytes, to: path)
  }
}
