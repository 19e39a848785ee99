import ZooCore

extension NDArray {
  /// All elements as `Float`, in C order, whatever their type; large integers are rounded.
  public func floats() -> [Float] {
    switch type {
    case .bool, .uint8: bytes.map(Float.init)
    case .int8: values(Int8.self) { Float($0) }
    case .int16: values(Int16.self) { Float($0) }
    case .uint16: values(UInt16.self) { Float($0) }
    case .int32: values(Int32.self) { Float($0) }
    case .uint32: values(UInt32.self) { Float($0) }
    case .int64: values(Int64.self) { Float($0) }
    case .uint64: values(UInt64.self) { Float($0) }
    case .float16: values(UInt16.self) { Float(Float16(bitPattern: $0)) }
    case .bfloat16: values(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .float32: values(Float.self) { $0 }
    case .float64: values(Double.self) { Float($0) }
    }
  }

  /// All elements as `Double`, in C order, whatever their type; integers above 2⁵³ are rounded.
  public func doubles() -> [Double] {
    switch type {
    case .bool, .uint8: bytes.map(Double.init)
    case .int8: values(Int8.self) { Double($0) }
    case .int16: values(Int16.self) { Double($0) }
    case .uint16: values(UInt16.self) { Double($0) }
    case .int32: values(Int32.self) { Double($0) }
    case .uint32: values(UInt32.self) { Double($0) }
    case .int64: values(Int64.self) { Double($0) }
    case .uint64: values(UInt64.self) { Double($0) }
    case .float16: values(UInt16.self) { Double(Float16(bitPattern: $0)) }
    case .bfloat16: values(UInt16.self) { Double(Float(bitPattern: UInt32($0) << 16)) }
    case .float32: values(Float.self) { Double($0) }
    case .float64: values(Double.self) { $0 }
    }
  }

  /// Position of the first element that is NaN or infinite; none of an integer type is.
  public var firstNotFinite: Int? {
    switch type {
    case .float16: first(UInt16.self, withAll: 0x7C00)
    case .bfloat16: first(UInt16.self, withAll: 0x7F80)
    case .float32: first(UInt32.self, withAll: 0x7F80_0000)
    case .float64: first(UInt64.self, withAll: 0x7FF0_0000_0000_0000)
    default: nil
    }
  }

  /// The first element in which all these bits, the exponent's, are set.
  private func first<S: FixedWidthInteger & BitwiseCopyable>(_: S.Type, withAll bits: S) -> Int? {
    bytes.withUnsafeBytes { raw in
      (0..<count).first {
        raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<S>.size, as: S.self) & bits == bits
      }
    }
  }

  /// The elements of a `uint8` or `bool` array, at no cost; a `Problem` for any other type.
  public func uint8s() throws -> [UInt8] {
    guard type == .uint8 || type == .bool else { throw wrongType(expected: "uint8 or bool") }
    return bytes
  }

  /// The elements of an array of whole numbers; a `Problem` for floats, and for a `uint64` of 2⁶³ or more.
  public func int64s() throws -> [Int64] {
    switch type {
    case .bool, .uint8: return bytes.map(Int64.init)
    case .int8: return values(Int8.self) { Int64($0) }
    case .int16: return values(Int16.self) { Int64($0) }
    case .uint16: return values(UInt16.self) { Int64($0) }
    case .int32: return values(Int32.self) { Int64($0) }
    case .uint32: return values(UInt32.self) { Int64($0) }
    case .int64: return values(Int64.self) { $0 }
    case .uint64:
      let unsigned = values(UInt64.self) { $0 }
      if let large = unsigned.first(where: { $0 > Int64.max }) {
        throw Problem("number too large", expected: "at most \(Int64.max)", found: "\(large)")
      }
      return unsigned.map { Int64(truncatingIfNeeded: $0) }
    case .float16, .bfloat16, .float32, .float64: throw wrongType(expected: "whole numbers")
    }
  }

  private func wrongType(expected: String) -> Problem {
    Problem("wrong element type", expected: expected, found: type.rawValue)
  }

  /// Reads the bytes as values of one type (they need not be aligned) and turns each into another.
  @inline(__always)
  private func values<S: BitwiseCopyable, T>(_: S.Type, _ convert: (S) -> T) -> [T] {
    bytes.withUnsafeBytes { raw in
      let count = raw.count / MemoryLayout<S>.size
      return [T](unsafeUninitializedCapacity: count) { target, initialized in
        for i in 0..<count {
          let value = raw.loadUnaligned(fromByteOffset: i * MemoryLayout<S>.size, as: S.self)
          target.initializeElement(at: i, to: convert(value))
        }
        initialized = count
      }
    }
  }
}
