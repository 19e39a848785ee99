import CZlib
import ZooCore

/// Compresses bytes to a gzip file with zlib; the same bytes give the same file.
enum GzipWriter {
  static func compressed(_ bytes: [UInt8]) throws -> [UInt8] {
    guard bytes.count < 1 << 31 else {
      throw Problem("too large to compress", expected: "less than 2 GiB", found: "\(bytes.count) bytes")
    }
    var state = z_stream()
    // zlib keeps the address, so the structure stays where it is until the end.
    return try withUnsafeMutablePointer(to: &state) { stream in
      // 16 beside the largest window: gzip, without name or time.
      try check(
        deflateInit2_(
          stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
          Int32(MemoryLayout<z_stream>.size)), is: Z_OK)
      defer { deflateEnd(stream) }
      let most = Int(deflateBound(stream, UInt(bytes.count)))
      return try [UInt8](unsafeUninitializedCapacity: most) { target, initialized in
        try bytes.withUnsafeBufferPointer { source in
          stream.pointee.next_in = source.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
          stream.pointee.avail_in = UInt32(source.count)
          stream.pointee.next_out = target.baseAddress
          stream.pointee.avail_out = UInt32(most)
          try check(deflate(stream, Z_FINISH), is: Z_STREAM_END)
          initialized = Int(stream.pointee.total_out)
        }
      }
    }
  }

  private static func check(_ code: Int32, is wanted: Int32) throws {
    guard code == wanted else { throw Problem("cannot compress", found: "zlib's code \(code)") }
  }
}
