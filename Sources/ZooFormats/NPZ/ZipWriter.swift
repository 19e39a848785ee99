import CZip
import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Builds a zip archive in memory; every call of libzip for writing stands here.
struct ZipWriter: ~Copyable {
  private let archive: OpaquePointer
  private let buffer: OpaquePointer

  init() throws {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let buffer = zip_source_buffer_create(nil, 0, 0, &error) else { throw Self.failed(&error) }
    zip_source_keep(buffer)  // one reference for the archive, one for reading the result
    guard let archive = zip_open_from_source(buffer, ZIP_CREATE | ZIP_TRUNCATE, &error) else {
      zip_source_free(buffer)
      zip_source_free(buffer)
      throw Self.failed(&error)
    }
    self.archive = archive
    self.buffer = buffer
  }

  /// Adds a file; `level` is zlib's 1 (fast) to 9, or nil to store the bytes as they are.
  func add(_ name: String, _ parts: [[UInt8]], level: UInt32?) throws {
    let size = parts.reduce(0) { $0 + $1.count }
    // libzip reads the bytes when the archive is finished, and frees them.
    guard let copy = malloc(max(1, size)) else { throw Problem("out of memory") }
    var offset = 0
    for part in parts {
      part.withUnsafeBytes { if let base = $0.baseAddress { memcpy(copy + offset, base, $0.count) } }
      offset += part.count
    }
    guard let source = zip_source_buffer(archive, copy, UInt64(size), 1) else {
      free(copy)
      throw Self.failed(zip_get_error(archive))
    }
    let index = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8)
    guard index >= 0 else {
      zip_source_free(source)
      throw Self.failed(zip_get_error(archive))
    }
    let method = level == nil ? ZIP_CM_STORE : ZIP_CM_DEFLATE
    // The same arrays give the same file: every entry is of 1 January 1980, as NumPy does it.
    guard zip_set_file_compression(archive, UInt64(index), method, level ?? 0) == 0,
      zip_file_set_dostime(archive, UInt64(index), 0, 0x21, 0) == 0
    else { throw Self.failed(zip_get_error(archive)) }
  }

  /// Compresses what was added and gives the archive's bytes.
  consuming func finish() throws -> [UInt8] {
    let (archive, buffer) = (archive, buffer)
    discard self
    defer { zip_source_free(buffer) }
    guard zip_close(archive) == 0 else {
      let problem = Self.failed(zip_get_error(archive))
      zip_discard(archive)
      throw problem
    }
    var stat = zip_stat_t()
    guard zip_source_stat(buffer, &stat) == 0, zip_source_open(buffer) == 0 else {
      throw Self.failed(zip_source_error(buffer))
    }
    defer { zip_source_close(buffer) }
    let size = Int(stat.size)
    return try [UInt8](unsafeUninitializedCapacity: size) { target, initialized in
      let got = zip_source_read(buffer, target.baseAddress, UInt64(size))
      guard got == size else { throw Self.failed(zip_source_error(buffer)) }
      initialized = size
    }
  }

  deinit {
    zip_discard(archive)
    zip_source_free(buffer)
  }

  private static func failed(_ error: UnsafeMutablePointer<zip_error_t>) -> Problem {
    Problem("cannot build the archive", found: String(cString: zip_error_strerror(error)))
  }
}
