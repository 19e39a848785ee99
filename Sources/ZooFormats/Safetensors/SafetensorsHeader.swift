import ZooCore

/// The JSON at the start of a safetensors file: what each tensor is, and which bytes are its own.
struct SafetensorsHeader {
  /// One tensor.
  struct Entry {
    let name: String
    let type: ElementType
    let shape: [Int]
    /// Its bytes, counted from the end of the header.
    let range: Range<Int>
  }

  var metadata: [String: String] = [:]
  /// Sorted by where they stand.
  var entries: [Entry] = []

  /// The key that is no tensor.
  static let metadataKey = "__metadata__"

  /// Reads the header of a file whose tensors fill exactly `dataSize` bytes, without gaps or overlaps.
  init(json: ArraySlice<UInt8>, dataSize: Int) throws {
    guard case .object(let values) = try JSONValue(parsing: json, from: "header") else {
      throw Problem("the header is no JSON object")
    }
    for (name, value) in values {
      if name == Self.metadataKey {
        metadata = try Self.metadata(value)
      } else {
        do {
          entries.append(try Self.entry(name, value))
        } catch let problem as Problem {
          throw problem.inside(name)
        }
      }
    }
    entries.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        throw Problem(
          "tensors overlap or leave a gap", at: entry.name, expected: "to start at byte \(end)",
          found: "\(entry.range.lowerBound)")
      }
      end = entry.range.upperBound
    }
    guard end == dataSize else {
      throw Problem(
        "cut short or too long", expected: "\(end) bytes of tensors", found: "\(dataSize)",
        next: "copy it again")
    }
  }

  /// Lays tensors out as the format's own writer does: by type, large elements first, then by name.
  init(tensors: [(name: String, array: NDArray)], metadata: [String: String]) throws {
    self.metadata = metadata
    var end = 0
    let sorted = tensors.sorted {
      (Self.rank($1.array.type), $0.name) < (Self.rank($0.array.type), $1.name)
    }
    for (name, array) in sorted {
      entries.append(
        Entry(name: name, type: array.type, shape: array.shape, range: end..<end + array.bytes.count))
      end += array.bytes.count
    }
    let names = entries.map(\.name)
    guard Set(names).count == names.count, !names.contains(Self.metadataKey) else {
      throw Problem("tensor names have to differ, and not be \(Self.metadataKey)")
    }
  }

  /// The JSON, keys sorted, padded with spaces so that with its length before it the tensors start at 8 bytes.
  func serialized() -> [UInt8] {
    var values: [String: JSONValue] = [:]
    if !metadata.isEmpty { values[Self.metadataKey] = .object(metadata.mapValues { .string($0) }) }
    for entry in entries {
      values[entry.name] = .object([
        "dtype": .string(Self.codes[Self.rank(entry.type)].name),
        "shape": .array(entry.shape.map { .number(Double($0)) }),
        "data_offsets": .array([
          .number(Double(entry.range.lowerBound)), .number(Double(entry.range.upperBound)),
        ]),
      ])
    }
    var json = Array(JSONValue.object(values).text(indented: false).utf8)
    json += Array(repeating: 0x20, count: (8 - json.count % 8) % 8)
    return json
  }

  private static func metadata(_ value: JSONValue) throws -> [String: String] {
    guard case .object(let values) = value else {
      throw Problem("wrong value", at: metadataKey, expected: "an object", found: value.kind)
    }
    return try values.mapValues { value in
      guard case .string(let text) = value else {
        throw Problem("wrong value", at: metadataKey, expected: "strings", found: value.kind)
      }
      return text
    }
  }

  private static func entry(_ name: String, _ value: JSONValue) throws -> Entry {
    var object = try JSONObject(value, at: "header")
    let code = try object.string("dtype")
    guard let type = codes.first(where: { $0.name == code })?.type else {
      throw Problem(
        "unsupported dtype \"\(code)\"", next: "there are: " + codes.map(\.name).joined(separator: ", "))
    }
    let shape = try sizes(&object, "shape")
    let offsets = try sizes(&object, "data_offsets")
    try object.finish()
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw Problem("wrong data_offsets", expected: "[start, end]", found: "\(offsets)")
    }
    guard let size = type.bytes(shape: shape), size == offsets[1] - offsets[0] else {
      throw Problem(
        "data_offsets do not fit the shape",
        expected: "the bytes of \(type.rawValue) \(NDArray.text(of: shape))",
        found: "\(offsets[1] - offsets[0])")
    }
    return Entry(name: name, type: type, shape: shape, range: offsets[0]..<offsets[1])
  }

  private static func sizes(_ object: inout JSONObject, _ key: String) throws -> [Int] {
    try object.array(key).map { value in
      guard let number = value.wholeNumber, number >= 0 else {
        throw object.wrong(key, value, expected: "whole numbers from 0")
      }
      return number
    }
  }

  /// The format's names of the types, in its order: small elements first, so that the reverse is aligned.
  private static let codes: [(type: ElementType, name: String)] = [
    (.bool, "BOOL"), (.uint8, "U8"), (.int8, "I8"), (.int16, "I16"), (.uint16, "U16"), (.float16, "F16"),
    (.bfloat16, "BF16"), (.int32, "I32"), (.uint32, "U32"), (.float32, "F32"), (.float64, "F64"),
    (.int64, "I64"),
    (.uint64, "U64"),
  ]

  private static func rank(_ type: ElementType) -> Int { codes.firstIndex { $0.type == type } ?? 0 }
}
