import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A file that stays open and is read at any place: what is read later is of the same file, even where another was put in its place.
final class OpenFile: Sendable {
  let path: String
  /// Bytes when it was opened; 0 for pipes.
  let size: Int
  private let descriptor: Descriptor

  init(_ path: String) throws {
    self.path = path
    size = try Files.size(ofFile: path)
    do {
      descriptor = try Descriptor(path, O_RDONLY)
    } catch let failure as Descriptor.Failure {
      throw Files.problem("cannot read the file", path, failure.code)
    }
  }

  /// Fills memory with what is at an offset; a `Problem` where the file ends before.
  func fill(_ target: UnsafeMutableRawBufferPointer, from offset: Int) throws {
    do {
      guard try descriptor.fill(target, from: offset) else {
        throw Problem("the file was cut short while it was read", at: path, next: "copy it again")
      }
    } catch let failure as Descriptor.Failure {
      throw Files.problem("cannot read the file", path, failure.code)
    }
  }

  /// The bytes of a range; a `Problem` where the file ends before.
  func bytes(_ range: Range<Int>) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: range.count) { target, initialized in
      try fill(UnsafeMutableRawBufferPointer(target), from: range.lowerBound)
      initialized = range.count
    }
  }
}
