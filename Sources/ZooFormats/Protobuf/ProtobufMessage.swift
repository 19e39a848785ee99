/// A message in protobuf's wire format, built field by field.
///
/// Written here rather than with swift-protobuf: that would take TensorFlow's message definitions and the code generated of
/// them, some thousand lines, to write a dozen fields.
public struct ProtobufMessage: Hashable, Sendable {
  /// The bytes so far.
  public private(set) var bytes: [UInt8] = []

  /// A message without fields.
  public init() {}

  /// Adds an `int32`, `int64`, `bool` or `enum`.
  public mutating func add(_ value: Int64, field: Int) {
    key(field, wireType: 0)
    varint(UInt64(bitPattern: value))
  }

  /// Adds a `double`.
  public mutating func add(_ value: Double, field: Int) {
    key(field, wireType: 1)
    fixed(value.bitPattern)
  }

  /// Adds a `float`.
  public mutating func add(_ value: Float, field: Int) {
    key(field, wireType: 5)
    fixed(value.bitPattern)
  }

  /// Adds a `string`.
  public mutating func add(_ text: String, field: Int) { add(Array(text.utf8), field: field) }

  /// Adds `bytes`.
  public mutating func add(_ value: [UInt8], field: Int) {
    key(field, wireType: 2)
    varint(UInt64(value.count))
    bytes += value
  }

  /// Adds a message.
  public mutating func add(_ message: ProtobufMessage, field: Int) { add(message.bytes, field: field) }

  /// Adds packed `repeated double`.
  public mutating func add(_ values: [Double], field: Int) {
    key(field, wireType: 2)
    varint(UInt64(8 * values.count))
    for value in values { fixed(value.bitPattern) }
  }

  private mutating func key(_ field: Int, wireType: UInt64) { varint(UInt64(field) << 3 | wireType) }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func fixed(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }
}
