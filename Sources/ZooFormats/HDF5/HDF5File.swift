import CHDF5
import ZooCore

/// An HDF5 file that is read: groups, attributes that hold text, datasets of floats.
///
/// Paths inside it are `a/b/c` from its root, which is empty. Only what lies in the file itself is read: links and values in
/// other files are not followed. Sizes are checked against the file's before memory is taken.
public final class HDF5File {
  /// The file.
  public let path: String
  private let handle: HDF5Handle
  private let size: Int

  /// Opens a file, which is read into memory whole; more than `limit` bytes are a `Problem`.
  public init(reading path: String, limit: Int = 4 << 30) throws {
    let bytes = try Files.read(path, limit: limit)
    guard Self.isHDF5(bytes) else {
      throw Problem("not an HDF5 file", at: path, expected: "HDF5's signature at its start")
    }
    self.path = path
    size = bytes.count
    do {
      handle = try HDF5Handle(opening: bytes, place: path)
    } catch let problem as Problem {
      throw Problem("damaged or cut short", at: path, found: problem.found, next: "copy it again")
    }
  }

  /// Whether a file begins as HDF5 files do; false where it cannot be read.
  public static func isHDF5(_ path: String) -> Bool {
    (try? Files.read(path, first: signature.count)).map(isHDF5) ?? false
  }

  private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
  private static func isHDF5(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

  /// Whether there is a group at a path.
  public func hasGroup(_ path: String) -> Bool { zoo_hdf5_kind_of(handle.pointer, path) == ZOO_HDF5_GROUP }

  /// Whether there is a dataset at a path.
  public func hasDataset(_ path: String) -> Bool {
    zoo_hdf5_kind_of(handle.pointer, path) == ZOO_HDF5_DATASET
  }

  /// The names of what is in a group, sorted.
  public func children(of group: String) throws -> [String] {
    var text: UnsafeMutablePointer<CChar>?
    var count: Int64 = 0
    try handle.check(zoo_hdf5_children(handle.pointer, group, &text, &count), group)
    defer { zoo_hdf5_free(text) }
    return HDF5Handle.strings(text, count: count)
  }

  /// The strings of an attribute of a group or dataset, a scalar as one; nil where there is none of that name.
  public func strings(_ attribute: String, of path: String) throws -> [String]? {
    var text: UnsafeMutablePointer<CChar>?
    var count: Int64 = 0
    let status = zoo_hdf5_strings(handle.pointer, path, attribute, &text, &count)
    guard status != ZOO_HDF5_ABSENT else { return nil }
    try handle.check(status, "\(path)@\(attribute)")
    defer { zoo_hdf5_free(text) }
    return HDF5Handle.strings(text, count: count)
  }

  /// The sizes of a dataset of floats of 2, 4 or 8 bytes; any other is a `Problem`.
  public func shape(_ dataset: String) throws -> [Int] {
    var rank: Int32 = 0
    var sizes = [Int64](repeating: 0, count: Int(ZOO_HDF5_MAX_RANK))
    try handle.check(zoo_hdf5_shape(handle.pointer, dataset, &rank, &sizes), dataset)
    return sizes.prefix(Int(rank)).map(Int.init)
  }

  /// A dataset of floats of 2, 4 or 8 bytes as `float32`.
  public func array(_ dataset: String) throws -> NDArray {
    let shape = try shape(dataset)
    // What is not stored reads as zeros, and deflate packs no tighter than 1 to 1032.
    guard let bytes = ElementType.float32.bytes(shape: shape), bytes <= 1 << 20 || bytes / 1032 <= size else {
      throw Problem(
        "larger than the file can hold", at: "\(path): \(dataset)", found: NDArray.text(of: shape))
    }
    let count = bytes / ElementType.float32.size
    let values = try [Float](unsafeUninitializedCapacity: count) { target, initialized in
      try handle.check(
        zoo_hdf5_read(handle.pointer, dataset, target.baseAddress, Int64(count)), dataset)
      initialized = count
    }
    return NDArray(shape: shape, float: values)
  }
}
