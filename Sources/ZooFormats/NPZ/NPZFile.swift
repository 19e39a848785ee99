import ZooCore

/// A NumPy `.npz` archive of named arrays, stored or deflated.
///
/// Opening reads the archive's directory only; an array is decoded when it is asked for. Pickles are never read.
/// Memory is taken only after a member's declared size was found to be what its type and shape need.
public struct NPZFile {
  /// The file.
  public let path: String
  /// Names of the members, without `.npy`, in the archive's order.
  public let names: [String]
  private let archive: ZipReader
  private let limit: Int

  /// Opens an archive, which has to be a whole one; no array may take more than `limit` bytes.
  public init(reading path: String, limit: Int = 2 << 30) throws {
    archive = try ZipReader(path: path)
    self.path = path
    self.limit = limit
    names = archive.entries.filter { $0.name.hasSuffix(".npy") }.map { String($0.name.dropLast(4)) }
  }

  /// Type and shape of a member, without decoding its elements.
  public func header(_ name: String) throws -> (type: ElementType, shape: [Int]) {
    let header = try read(name, whole: false) { _, header in header }
    return (header.type, header.shape)
  }

  /// A member, in C order and little endian whatever the file holds.
  public func array(_ name: String) throws -> NDArray {
    try read(name) { stream, header in
      guard let size = header.type.bytes(shape: header.shape) else { throw Problem("impossible shape") }
      let bytes = try stream.read(size)
      guard bytes.count == size else {
        throw Problem(
          "cut short", expected: "\(size) bytes", found: "\(bytes.count)", next: "copy the file again")
      }
      try stream.expectEnd()
      return NDArray(
        trusted: header.type, shape: header.shape,
        bytes: header.layout.normalized(bytes, type: header.type, shape: header.shape))
    }
  }

  /// The parts of a member along its first axis, one after another as they are decoded; the limit is for one of them. An
  /// array whose first axis is the fastest (Fortran order) is a `Problem`, for its parts lie scattered.
  public func forEachPart(of name: String, _ body: (_ index: Int, _ part: NDArray) throws -> Void) throws {
    try read(name, whole: false) { stream, header in
      let shape = Array(header.shape.dropFirst())
      guard !header.layout.fortranOrder || header.shape.count < 2 else {
        throw Problem("is stored in Fortran order", next: "save it in C order: numpy.ascontiguousarray")
      }
      guard !header.shape.isEmpty, let size = header.type.bytes(shape: shape), size <= limit else {
        throw Problem(
          "too large", expected: "parts of at most \(limit) bytes",
          found: "\(header.type.rawValue) \(NDArray.text(of: header.shape))")
      }
      for index in 0..<header.shape[0] {
        let bytes = try stream.read(size)
        guard bytes.count == size else {
          throw Problem("cut short", found: "its end in part \(index)", next: "copy the file again")
        }
        try body(
          index,
          NDArray(
            trusted: header.type, shape: shape,
            bytes: header.layout.normalized(bytes, type: header.type, shape: shape)))
      }
      try stream.expectEnd()
    }
  }

  /// Reads and checks the header of a member and hands both on; problems name file and member.
  private func read<T>(
    _ name: String, whole: Bool = true, _ body: (borrowing ZipEntryStream, NPYHeader) throws -> T
  ) throws -> T {
    let matches = archive.entries.filter { $0.name == name + ".npy" }
    guard let entry = matches.first else {
      throw Problem("has no array \"\(name)\"", at: path, next: suggestion(for: name, from: names))
    }
    do {
      guard matches.count == 1 else { throw Problem("stands twice in the archive") }
      return try archive.read(entry) { stream in
        let (header, headerSize) = try Self.readHeader(stream)
        try check(entry, header, headerSize, limit: whole ? limit : .max)
        return try body(stream, header)
      }
    } catch let problem as Problem {
      throw problem.inside("\(path): \(name)")
    }
  }

  private static func readHeader(_ stream: borrowing ZipEntryStream) throws -> (NPYHeader, size: Int) {
    // Ten bytes are in every header, twelve only in versions 2 and 3.
    var bytes = try stream.read(10)
    if bytes.count == 10, bytes[6] > 1 { bytes += try stream.read(2) }
    let text = try NPYHeader.textRange(prefix: bytes)
    bytes += try stream.read(text.count)
    guard bytes.count == text.upperBound else { throw Problem("the array's header is cut short") }
    return (try NPYHeader(text: bytes[text]), text.upperBound)
  }

  /// Refuses what would take too much memory, or more than is there.
  private func check(
    _ entry: ZipReader.Entry, _ header: NPYHeader, _ headerSize: Int, limit: Int
  ) throws {
    guard let size = header.type.bytes(shape: header.shape), size <= limit else {
      throw Problem(
        "too large", expected: "at most \(limit) bytes",
        found: "\(header.type.rawValue) \(NDArray.text(of: header.shape))")
    }
    guard entry.size == UInt64(size) + UInt64(headerSize) else {
      throw Problem(
        "declared size and shape do not agree",
        expected: "\(size + headerSize) bytes for \(header.type.rawValue) \(NDArray.text(of: header.shape))",
        found: "\(entry.size)")
    }
    // A byte of deflate gives at most 1,032 bytes (258 for two bits), so this much can not be in there.
    guard entry.size / 1032 <= entry.storedSize else {
      throw Problem("declares more bytes than it can hold", found: "\(entry.size) in \(entry.storedSize)")
    }
  }
}
