import CZlib
import ZooCore

/// The owner of zlib's state while a gzip file is read front to back; every call of zlib stands here.
final class GzipReader {
  private let input: [UInt8]
  private var consumed = 0
  private var isAtEnd = false
  // zlib keeps the address, so the structure may not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Takes the bytes of a gzip file.
  init(_ input: [UInt8]) throws {
    self.input = input
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16 beside the largest window: gzip, its checksum checked.
    let code = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw Problem("cannot decompress", found: "zlib's code \(code)") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// The first bytes of every gzip file.
  static func isGzip(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Reads exactly this many bytes, fewer only where the data end.
  func read(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      guard let base = target.baseAddress else { return }
      while initialized < count, !isAtEnd {
        initialized += try inflateOnce(to: base + initialized, count - initialized)
      }
    }
  }

  private func inflateOnce(to target: UnsafeMutablePointer<UInt8>, _ count: Int) throws -> Int {
    let most = 1 << 30
    return try input.withUnsafeBufferPointer { input in
      let given = min(most, input.count - consumed)
      stream.pointee.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + consumed) }
      stream.pointee.avail_in = UInt32(given)
      stream.pointee.next_out = target
      stream.pointee.avail_out = UInt32(min(most, count))
      let code = inflate(stream, Z_NO_FLUSH)
      consumed += given - Int(stream.pointee.avail_in)
      let made = min(most, count) - Int(stream.pointee.avail_out)
      switch code {
      case Z_OK where made > 0 || consumed < input.count: break
      case Z_STREAM_END:
        // More members may follow, as block gzip writes them; anything else behind the end is padding.
        isAtEnd = !GzipReader.isGzip(input[consumed...]) || inflateReset(stream) != Z_OK
      case Z_OK, Z_BUF_ERROR: throw Problem("cut short", next: "copy the file again")
      default:
        throw Problem(
          "damaged data", found: stream.pointee.msg.map { String(cString: $0) } ?? "zlib's code \(code)",
          next: "copy the file again")
      }
      return made
    }
  }
}
