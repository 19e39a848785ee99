import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

extension Files {
  /// All bytes of a file; a `Problem` for more than `limit` of them.
  public static func read(_ path: String, limit: Int = 2 << 30) throws -> [UInt8] {
    let size = try size(ofFile: path)
    let tooLarge = Problem("file too large", at: path, expected: "at most \(limit) bytes")
    guard size <= limit else { throw tooLarge }
    return try open(path) { file in
      // One byte more shows the end at once; pipes, which have no size, are read on from there.
      var wanted = size + 1
      var bytes: [UInt8] = []
      while true {
        let more = try file.next(wanted)
        if bytes.isEmpty { bytes = more } else { bytes += more }
        guard bytes.count <= limit else { throw tooLarge }
        if more.count < wanted { return bytes }
        wanted = 1 << 20
      }
    }
  }

  /// The text of a file in UTF-8.
  public static func text(of path: String) throws -> String {
    guard let text = String(validating: try read(path), as: UTF8.self) else {
      throw Problem("not text in UTF-8", at: path)
    }
    return text
  }

  /// The first bytes of a file, fewer than `count` where it is shorter.
  static func read(_ path: String, first count: Int) throws -> [UInt8] {
    try open(path) { try $0.next(count) }
  }

  private static func open<T>(_ path: String, _ body: (borrowing Descriptor) throws -> T) throws -> T {
    do {
      return try body(Descriptor(path, O_RDONLY))
    } catch let failure as Descriptor.Failure {
      throw problem("cannot read the file", path, failure.code)
    }
  }
}
