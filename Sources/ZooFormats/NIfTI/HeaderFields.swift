/// Numbers at fixed places of a binary header, in either byte order.
struct HeaderFields {
  let bytes: [UInt8]
  let bigEndian: Bool

  /// A whole number; places are within the header, which is checked to be whole before.
  func integer<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type, at offset: Int) -> Int {
    let raw = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: T.self) }
    return Int(truncatingIfNeeded: bigEndian ? T(bigEndian: raw) : T(littleEndian: raw))
  }

  /// A single float.
  func float(at offset: Int) -> Double {
    Double(Float(bitPattern: UInt32(truncatingIfNeeded: integer(UInt32.self, at: offset))))
  }

  /// A double float.
  func double(at offset: Int) -> Double {
    Double(bitPattern: UInt64(bitPattern: Int64(integer(Int64.self, at: offset))))
  }
}
