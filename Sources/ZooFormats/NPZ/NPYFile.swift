import ZooCore

/// A NumPy `.npy` file: one array.
public enum NPYFile {
  /// Type and shape, without the elements.
  public static func header(of path: String) throws -> (type: ElementType, shape: [Int]) {
    try inside(path) {
      let header = try header(in: try Files.read(path, first: NPYHeader.prefixSize + NPYHeader.textLimit))
        .header
      return (header.type, header.shape)
    }
  }

  /// The array, in C order and little endian whatever the file holds; no more than `limit` bytes.
  public static func read(_ path: String, limit: Int = 2 << 30) throws -> NDArray {
    try inside(path) {
      let bytes = try Files.read(path, limit: limit)
      let (header, start) = try header(in: bytes)
      guard let size = header.type.bytes(shape: header.shape), bytes.count - start == size else {
        throw Problem(
          "wrong number of bytes",
          expected: "what \(header.type.rawValue) \(NDArray.text(of: header.shape)) takes",
          found: "\(bytes.count - start)", next: "copy the file again")
      }
      return try NDArray(
        type: header.type, shape: header.shape,
        bytes: header.layout.normalized(Array(bytes[start...]), type: header.type, shape: header.shape))
    }
  }

  private static func header(in bytes: [UInt8]) throws -> (header: NPYHeader, start: Int) {
    let text = try NPYHeader.textRange(prefix: Array(bytes.prefix(NPYHeader.prefixSize)))
    guard bytes.count >= text.upperBound else { throw Problem("the array's header is cut short") }
    return (try NPYHeader(text: bytes[text]), text.upperBound)
  }

  private static func inside<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let problem as Problem {
      throw problem.place?.hasPrefix(path) == true ? problem : problem.inside(path)
    }
  }
}
