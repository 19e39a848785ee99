import CHDF5
import ZooCore

/// Builds an HDF5 file in memory; the same calls give the same bytes.
public final class HDF5Writer {
  private let handle: HDF5Handle

  /// An empty file, to be written to `path`.
  public init(for path: String) throws { handle = try HDF5Handle(creating: path) }

  /// Makes a group, and those above it.
  public func makeGroup(_ path: String) throws {
    try handle.check(zoo_hdf5_make_group(handle.pointer, path), path)
  }

  /// Gives a group an attribute that is a list of strings, stored with a fixed length as NumPy does; 64 KB at most.
  public func write(_ strings: [String], attribute: String, of path: String) throws {
    try write(strings, count: Int64(strings.count), attribute, path)
  }

  /// Gives a group an attribute that is one string.
  public func write(_ string: String, attribute: String, of path: String) throws {
    try write([string], count: -1, attribute, path)
  }

  private func write(_ strings: [String], count: Int64, _ attribute: String, _ path: String) throws {
    var text: [CChar] = []
    for string in strings { text += string.utf8CString }
    try handle.check(
      zoo_hdf5_write_strings(handle.pointer, path, attribute, text, count), "\(path)@\(attribute)")
  }

  /// Writes a dataset of `float32`, with the groups above it.
  public func write(_ values: [Float], shape: [Int], to dataset: String) throws {
    precondition(
      ElementType.float32.bytes(shape: shape) == 4 * values.count, "the count has to fit the shape")
    try handle.check(
      zoo_hdf5_write(handle.pointer, dataset, Int32(shape.count), shape.map(Int64.init), values), dataset)
  }

  /// Writes the file, whole or not at all.
  public func finish() throws {
    var count: Int64 = 0
    try handle.check(zoo_hdf5_image_size(handle.pointer, &count))
    let bytes = try [UInt8](unsafeUninitializedCapacity: Int(count)) { target, initialized in
      try handle.check(zoo_hdf5_image(handle.pointer, target.baseAddress, count))
      initialized = Int(count)
    }
    try Files.writeAtomically(bytes, to: handle.place)
  }
}
