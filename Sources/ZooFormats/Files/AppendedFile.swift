import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A file that grows, for logs that others read meanwhile: records are appended whole, and nothing is waited for.
public final class AppendedFile {
  /// Where it lies.
  public let path: String
  private let file: Descriptor

  /// Makes a file that is not there yet.
  public init(creating path: String) throws {
    self.path = path
    do {
      file = try Descriptor(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND)
    } catch let failure as Descriptor.Failure {
      throw Files.problem("cannot make the file", path, failure.code)
    }
  }

  /// Writes bytes behind those that are there.
  public func append(_ bytes: [UInt8]) throws {
    do {
      try file.write(bytes)
    } catch let failure as Descriptor.Failure {
      throw Files.problem("cannot write the file", path, failure.code)
    }
  }
}
