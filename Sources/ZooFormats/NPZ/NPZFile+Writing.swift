import ZooCore

extension NPZFile {
  /// Writes arrays as an archive that NumPy reads, deflated or stored; the same arrays give the same bytes.
  ///
  /// The file appears whole or not at all. The archive is built in memory first.
  public static func write(
    _ arrays: [(name: String, array: NDArray)], to path: String, compressed: Bool
  ) throws {
    do {
      let writer = try ZipWriter()
      var names: Set<String> = []
      for (name, array) in arrays {
        guard !name.isEmpty, !name.utf8.contains(0), names.insert(name).inserted else {
          throw Problem("array names have to be there and differ", found: "\"\(name)\"")
        }
        let header = try NPYHeader(type: array.type, shape: array.shape).serialized()
        try writer.add(name + ".npy", [header, array.bytes], level: compressed ? compressionLevel : nil)
      }
      try Files.writeAtomically(try writer.finish(), to: path)
    } catch let problem as Problem {
      throw problem.place == path ? problem : problem.inside(path)
    }
  }

  /// zlib's middle way, and NumPy's.
  private static let compressionLevel: UInt32 = 6
}
