import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

extension Files {
  /// Writes a file so that it is there whole or not at all, also after a crash.
  ///
  /// The bytes go to a new file in the same folder, to the disk, and then take the place of the old file. A full
  /// disk leaves the old file as it was. A device or pipe (`/dev/stdout`) is written to as it is.
  public static func writeAtomically(_ bytes: [UInt8], to path: String) throws {
    do {
      if let old = status(path), !old.isRegular {
        guard !old.isFolder else { throw Problem("is a folder", at: path, expected: "a file to write to") }
        return try Descriptor(path, O_WRONLY).put(bytes)
      }
      // A short name, so that it fits wherever the file's own does.
      let name = ".zoo-\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp"
      try write(bytes, over: path, by: join(folder(of: path), name))
    } catch let failure as Descriptor.Failure {
      throw problem("cannot write the file", path, failure.code)
    }
  }

  /// Writes text in UTF-8 so that it is there whole or not at all.
  public static func writeAtomically(_ text: String, to path: String) throws {
    try writeAtomically(Array(text.utf8), to: path)
  }

  private static func write(_ bytes: [UInt8], over path: String, by temporary: String) throws {
    let file = try Descriptor(temporary, O_WRONLY | O_CREAT | O_EXCL)
    do {
      try file.put(bytes)
      guard rename(temporary, path) == 0 else { throw Descriptor.Failure(code: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }
}
