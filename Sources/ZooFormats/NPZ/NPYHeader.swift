import ZooCore

/// What stands before the elements of an `.npy` array: type, shape and layout.
///
/// Source: NumPy Enhancement Proposal 1 (format versions 1.0 to 3.0).
struct NPYHeader: Hashable, Sendable {
  var type: ElementType
  var shape: [Int]
  var layout = StoredLayout()

  /// The bytes 0x93 and `NUMPY`, with which a file starts.
  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
  /// Bytes of magic, version and length of the text, at most.
  static let prefixSize = 12
  /// A header longer than this is not one: NumPy itself stops at 10,000 characters.
  static let textLimit = 65536
  /// NumPy's own limit.
  static let axesLimit = 64

  /// Where the text stands, told from the first bytes of a file (`prefixSize` of them, or all if fewer).
  static func textRange(prefix: [UInt8]) throws -> Range<Int> {
    guard prefix.count >= 10, prefix.starts(with: magic) else {
      throw Problem("not an array", expected: "the start of a NumPy .npy array", found: "other bytes")
    }
    let major = prefix[6]
    guard (1...3).contains(major), prefix[7] == 0 else {
      throw Problem("unknown .npy version", expected: "1.0, 2.0 or 3.0", found: "\(major).\(prefix[7])")
    }
    let start = major == 1 ? 10 : 12
    guard prefix.count >= start else { throw Problem("the array's header is cut short") }
    let length = prefix[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= textLimit else {
      throw Problem(
        "the array's header is too long", expected: "at most \(textLimit) bytes", found: "\(length)")
    }
    return start..<start + length
  }

  /// Reads the text of a header, a Python dictionary with exactly the keys descr, fortran_order and shape.
  init(text: ArraySlice<UInt8>) throws {
    guard let text = String(validating: text, as: UTF8.self) else {
      throw Problem("the array's header is not text")
    }
    var descr: PythonLiteral?
    var order: PythonLiteral?
    var axes: PythonLiteral?
    for (key, value) in try PythonLiteral.dictionary(text) {
      switch key {
      case "descr" where descr == nil: descr = value
      case "fortran_order" where order == nil: order = value
      case "shape" where axes == nil: axes = value
      default: throw Problem("unexpected key \"\(key)\" in the array's header")
      }
    }
    guard case .string(let descr) = descr else {
      throw Problem("unsupported element type", expected: "plain numbers", found: "a structured type")
    }
    guard case .bool(let fortran) = order, case .tuple(let shape) = axes else {
      throw Problem("the array's header lacks fortran_order or shape")
    }
    guard shape.count <= Self.axesLimit else {
      throw Problem("too many axes", expected: "at most \(Self.axesLimit)", found: "\(shape.count)")
    }
    (type, layout.bigEndian) = try Self.elementType(descr)
    layout.fortranOrder = fortran
    self.shape = shape
    guard type.bytes(shape: shape) != nil else {
      throw Problem("the array's shape is too large", found: NDArray.text(of: shape))
    }
  }

  init(type: ElementType, shape: [Int]) {
    self.type = type
    self.shape = shape
  }

  /// Type and byte order of a description like `<f4`.
  private static func elementType(_ descr: String) throws -> (ElementType, bigEndian: Bool) {
    let order = descr.first.flatMap { "<>=|".contains($0) ? $0 : nil }
    let code = order == nil ? descr : String(descr.dropFirst())
    if code.hasPrefix("O") {
      throw Problem(
        "holds Python objects (a pickle), which can run code when read",
        next: "save it as a plain array of numbers")
    }
    guard let type = codes.first(where: { $0.value == code })?.key, order != "|" || type.size == 1 else {
      throw Problem("unsupported element type", expected: "bool, integers or floats", found: "\"\(descr)\"")
    }
    return (type, bigEndian: order == ">")
  }

  /// NumPy's codes of the types it has.
  private static let codes: [ElementType: String] = [
    .bool: "b1", .int8: "i1", .uint8: "u1", .int16: "i2", .uint16: "u2", .int32: "i4", .uint32: "u4",
    .int64: "i8", .uint64: "u8", .float16: "f2", .float32: "f4", .float64: "f8",
  ]

  /// The header as NumPy writes it: version 1.0, padded so that the elements start at a multiple of 64 bytes.
  func serialized() throws -> [UInt8] {
    guard let code = Self.codes[type], shape.count <= Self.axesLimit else {
      throw Problem(
        "NumPy has no such array", found: "\(type.rawValue) with \(shape.count) axes",
        next: "convert it to float32")
    }
    let axes = shape.map { "\($0)," }.joined(separator: " ")
    let list = shape.count > 1 ? String(axes.dropLast()) : axes
    let descr = (type.size == 1 ? "|" : "<") + code
    var text = Array("{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(list)), }".utf8)
    let unpadded = 10 + text.count + 1
    text += Array(repeating: 0x20, count: (64 - unpadded % 64) % 64) + [0x0A]
    return Self.magic + [1, 0, UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
  }
}
