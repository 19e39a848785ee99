/// The type of an array's elements; the raw value is NumPy's name of it.
public enum ElementType: String, CaseIterable, Hashable, Sendable {
  /// Truth values, one byte each: 0 or 1.
  case bool
  /// Signed bytes.
  case int8
  /// Bytes.
  case uint8
  /// Signed, 2 bytes.
  case int16
  /// Unsigned, 2 bytes.
  case uint16
  /// Signed, 4 bytes.
  case int32
  /// Unsigned, 4 bytes.
  case uint32
  /// Signed, 8 bytes.
  case int64
  /// Unsigned, 8 bytes.
  case uint64
  /// IEEE half precision.
  case float16
  /// The upper half of a `float32`; safetensors has it, NumPy does not.
  case bfloat16
  /// IEEE single precision.
  case float32
  /// IEEE double precision.
  case float64

  /// Bytes of one element.
  public var size: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// Whether the elements are whole numbers or truth values.
  public var isInteger: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: false
    default: true
    }
  }

  /// Bytes of a C-order array of this type, or nil where a size is negative or the count overflows.
  public func bytes(shape: [Int]) -> Int? {
    var total = size
    for axis in shape {
      let (product, overflow) = total.multipliedReportingOverflow(by: axis)
      guard axis >= 0, !overflow else { return nil }
      total = product
    }
    return total
  }
}
