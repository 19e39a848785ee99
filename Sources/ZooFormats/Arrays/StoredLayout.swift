/// How a file lays out the elements of an array, and the way from there to C order and little endian.
struct StoredLayout: Hashable, Sendable {
  /// Whether the most significant byte comes first.
  var bigEndian = false
  /// Whether the first axis is the fastest.
  var fortranOrder = false

  /// Brings bytes of this layout into `NDArray`'s; truth values become 0 or 1.
  func normalized(_ bytes: [UInt8], type: ElementType, shape: [Int]) -> [UInt8] {
    var bytes = bytes
    if type == .bool, bytes.contains(where: { $0 > 1 }) { bytes = bytes.map { $0 == 0 ? 0 : 1 } }
    if fortranOrder, shape.count > 1, !bytes.isEmpty {
      switch type.size {
      case 1: bytes = Self.transposed(bytes, shape, UInt8.self)
      case 2: bytes = Self.transposed(bytes, shape, UInt16.self)
      case 4: bytes = Self.transposed(bytes, shape, UInt32.self)
      default: bytes = Self.transposed(bytes, shape, UInt64.self)
      }
    }
    if bigEndian {
      switch type.size {
      case 1: break
      case 2: Self.swap(&bytes, UInt16.self)
      case 4: Self.swap(&bytes, UInt32.self)
      default: Self.swap(&bytes, UInt64.self)
      }
    }
    return bytes
  }

  /// First axis fastest to last axis fastest, without looking into the elements.
  private static func transposed<T: BitwiseCopyable>(_ bytes: [UInt8], _ shape: [Int], _: T.Type) -> [UInt8] {
    let size = MemoryLayout<T>.size
    var strides: [Int] = []
    var step = size
    for axis in shape {
      strides.append(step)
      step *= axis
    }
    let last = shape.count - 1
    return bytes.withUnsafeBytes { source in
      [UInt8](unsafeUninitializedCapacity: bytes.count) { target, initialized in
        let target = UnsafeMutableRawBufferPointer(target)
        var index = Array(repeating: 0, count: shape.count)
        var row = 0  // where the row along the last axis starts in the source
        var written = 0
        while written < source.count {
          for i in 0..<shape[last] {
            let value = source.loadUnaligned(fromByteOffset: row + i * strides[last], as: T.self)
            target.storeBytes(of: value, toByteOffset: written, as: T.self)
            written += size
          }
          var axis = last - 1
          while axis >= 0 {
            index[axis] += 1
            row += strides[axis]
            if index[axis] < shape[axis] { break }
            row -= strides[axis] * shape[axis]
            index[axis] = 0
            axis -= 1
          }
        }
        initialized = written
      }
    }
  }

  private static func swap<T: FixedWidthInteger & BitwiseCopyable>(_ bytes: inout [UInt8], _: T.Type) {
    bytes.withUnsafeMutableBytes { raw in
      for offset in stride(from: 0, to: raw.count, by: MemoryLayout<T>.size) {
        let value = raw.loadUnaligned(fromByteOffset: offset, as: T.self)
        raw.storeBytes(of: value.byteSwapped, toByteOffset: offset, as: T.self)
      }
    }
  }
}
