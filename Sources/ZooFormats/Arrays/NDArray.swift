import ZooCore

/// An array of any shape as files hold it: raw bytes in C order, little endian, with their type and sizes.
///
/// Readers bring other orders into this form, so that nobody after them has to know of any.
public struct NDArray: Hashable, Sendable {
  /// What an element is.
  public let type: ElementType
  /// Sizes of the axes, slowest first; none for a scalar.
  public let shape: [Int]
  /// The elements: C order (last axis fastest), little endian, without gaps.
  public let bytes: [UInt8]

  /// Number of elements.
  public var count: Int { bytes.count / type.size }

  /// Takes raw bytes; a `Problem` where their number is not what type and shape ask for.
  public init(type: ElementType, shape: [Int], bytes: [UInt8]) throws {
    guard let expected = type.bytes(shape: shape) else {
      throw Problem("impossible shape", found: NDArray.text(of: shape))
    }
    guard expected == bytes.count else {
      throw Problem(
        "wrong number of bytes", expected: "\(expected) for \(type.rawValue) \(NDArray.text(of: shape))",
        found: "\(bytes.count)")
    }
    self.init(trusted: type, shape: shape, bytes: bytes)
  }

  /// Takes bytes whose number has been checked.
  init(trusted type: ElementType, shape: [Int], bytes: [UInt8]) {
    self.type = type
    self.shape = shape
    self.bytes = bytes
  }

  /// An array of bytes; the count has to fit the shape.
  public init(shape: [Int], uint8 values: [UInt8]) {
    precondition(ElementType.uint8.bytes(shape: shape) == values.count, "the count has to fit the shape")
    self.init(trusted: .uint8, shape: shape, bytes: values)
  }

  /// An array of truth values; the count has to fit the shape.
  public init(shape: [Int], bool values: [Bool]) {
    precondition(ElementType.bool.bytes(shape: shape) == values.count, "the count has to fit the shape")
    self.init(trusted: .bool, shape: shape, bytes: values.map { $0 ? 1 : 0 })
  }

  /// An array of `float32`; the count has to fit the shape.
  public init(shape: [Int], float values: [Float]) { self.init(.float32, shape, of: values) }

  /// An array of `float64`; the count has to fit the shape.
  public init(shape: [Int], double values: [Double]) { self.init(.float64, shape, of: values) }

  /// An array of `int32`; the count has to fit the shape.
  public init(shape: [Int], int32 values: [Int32]) { self.init(.int32, shape, of: values) }

  /// An array of `int64`; the count has to fit the shape.
  public init(shape: [Int], int64 values: [Int64]) { self.init(.int64, shape, of: values) }

  /// Copies the memory of values as it is: every machine this runs on is little endian.
  private init<T: BitwiseCopyable>(_ type: ElementType, _ shape: [Int], of values: [T]) {
    precondition(
      type.bytes(shape: shape) == values.count * type.size, "the count has to fit the shape")
    self.init(trusted: type, shape: shape, bytes: values.withUnsafeBytes { Array($0) })
  }

  /// `100×100×100`, or `scalar`.
  public static func text(of shape: [Int]) -> String {
    shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: "×")
  }
}
