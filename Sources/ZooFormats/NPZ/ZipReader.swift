import CZip
import ZooCore

/// The owner of an open zip archive; every call of libzip for reading stands here.
final class ZipReader {
  /// One file inside the archive.
  struct Entry {
    let name: String
    let index: UInt64
    /// Bytes after decompression, as the archive declares them.
    let size: UInt64
    /// Bytes as they are stored.
    let storedSize: UInt64
    let method: Int
  }

  let path: String
  let entries: [Entry]
  private let archive: OpaquePointer

  init(path: String) throws {
    // libzip's own answers do not tell a folder or a missing file well.
    let size = try Files.size(ofFile: path)
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      guard code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS else {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        throw Problem("cannot open the archive", at: path, found: String(cString: zip_error_strerror(&error)))
      }
      throw try Self.notAnArchive(path, size: size)
    }
    self.path = path
    self.archive = archive
    do {
      entries = try Self.list(archive, path)
    } catch {
      zip_discard(archive)
      throw error
    }
  }

  deinit { zip_discard(archive) }

  /// Bytes of one entry, read front to back by `body`.
  func read<T>(_ entry: Entry, _ body: (borrowing ZipEntryStream) throws -> T) throws -> T {
    guard entry.method == ZIP_CM_STORE || entry.method == ZIP_CM_DEFLATE else {
      throw Problem(
        "unsupported compression", expected: "stored or deflated", found: "zip method \(entry.method)")
    }
    guard let file = zip_fopen_index(archive, entry.index, 0) else {
      throw Problem("cannot be read", found: String(cString: zip_strerror(archive)))
    }
    return try body(ZipEntryStream(file: file))
  }

  private static func list(_ archive: OpaquePointer, _ path: String) throws -> [Entry] {
    let count = max(0, zip_get_num_entries(archive, 0))
    return try (0..<UInt64(count)).map { index in
      var stat = zip_stat_t()
      zip_stat_init(&stat)
      guard zip_stat_index(archive, index, 0, &stat) == 0, let name = stat.name else {
        throw Problem("damaged archive", at: path, found: String(cString: zip_strerror(archive)))
      }
      return Entry(
        name: String(cString: name), index: index, size: stat.size, storedSize: stat.comp_size,
        method: Int(stat.comp_method))
    }
  }

  /// A zip's directory stands at its end: a file that starts like one and has none was cut.
  private static func notAnArchive(_ path: String, size: Int) throws -> Problem {
    let start = try Files.read(path, first: 4)
    if size == 0 {
      return Problem("empty file", at: path, expected: "an .npz archive", next: "copy it again")
    }
    if start == [0x50, 0x4B, 0x03, 0x04] || start == [0x50, 0x4B, 0x01, 0x02] {
      return Problem("damaged or cut short, its directory cannot be read", at: path, next: "copy it again")
    }
    return Problem("not a zip archive", at: path, expected: "an .npz archive")
  }
}

/// A file inside an archive while it is read; libzip checks its CRC at the end.
struct ZipEntryStream: ~Copyable {
  fileprivate let file: OpaquePointer

  deinit { zip_fclose(file) }

  /// Reads exactly this many bytes, fewer only where the entry ends.
  func read(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      while initialized < count {
        let got = zip_fread(file, target.baseAddress.map { $0 + initialized }, UInt64(count - initialized))
        guard got >= 0 else { throw damaged }
        if got == 0 { break }
        initialized += Int(got)
      }
    }
  }

  /// Makes sure that the entry ends here and that its CRC is right.
  func expectEnd() throws {
    var byte: UInt8 = 0
    let got = zip_fread(file, &byte, 1)
    guard got >= 0 else { throw damaged }
    guard got == 0 else { throw Problem("holds more bytes than it declares") }
  }

  private var damaged: Problem {
    Problem("damaged data", found: String(cString: zip_file_strerror(file)), next: "copy the file again")
  }
}
