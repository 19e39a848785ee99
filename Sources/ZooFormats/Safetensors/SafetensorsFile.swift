import ZooCore

/// A safetensors file: named tensors and a few strings about them.
///
/// Layout: 8 bytes with the length of a JSON header, the header, then the tensors in C order, little endian.
/// Source: the format's description at huggingface/safetensors.
public struct SafetensorsFile: Sendable {
  /// The file.
  public let path: String
  /// What the writer noted besides the tensors; empty where nothing.
  public let metadata: [String: String]
  /// The tensors by name.
  public let tensors: [String: NDArray]

  /// A longer header is refused, as the format's own reader does it.
  private static let headerLimit = 100_000_000

  /// Reads a file of at most `limit` bytes as a whole.
  ///
  /// Header, types, shapes and offsets are checked before a tensor is made; a wrong one is a `Problem`.
  public init(reading path: String, limit: Int = 2 << 30) throws {
    let bytes = try Files.read(path, limit: limit)
    do {
      guard bytes.count >= 8 else {
        throw Problem("no safetensors file", expected: "at least 8 bytes", found: "\(bytes.count)")
      }
      let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard length <= Self.headerLimit, length <= bytes.count - 8 else {
        throw Problem(
          "no safetensors file, or cut short", expected: "a header of at most \(bytes.count - 8) bytes",
          found: "\(length)")
      }
      let start = 8 + Int(length)
      guard length > 0, bytes[8] == UInt8(ascii: "{") else {
        throw Problem("no safetensors file", expected: "a JSON header that starts with {")
      }
      let header = try SafetensorsHeader(json: bytes[8..<start], dataSize: bytes.count - start)
      var tensors: [String: NDArray] = [:]
      for entry in header.entries {
        let own = Array(bytes[start + entry.range.lowerBound..<start + entry.range.upperBound])
        tensors[entry.name] = NDArray(
          trusted: entry.type, shape: entry.shape,
          bytes: StoredLayout().normalized(own, type: entry.type, shape: entry.shape))
      }
      self.path = path
      metadata = header.metadata
      self.tensors = tensors
    } catch let problem as Problem {
      throw problem.inside(path)
    }
  }

  /// A tensor by name; a `Problem` names what there is.
  public func tensor(_ name: String) throws -> NDArray {
    guard let tensor = tensors[name] else {
      throw Problem(
        "has no tensor \"\(name)\"", at: path, next: suggestion(for: name, from: Array(tensors.keys)))
    }
    return tensor
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
