#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The owner of an open file; failures are thrown as the system's numbers.
struct Descriptor: ~Copyable {
  /// The system's number of an error.
  struct Failure: Error { let code: Int32 }

  private let number: Int32

  init(_ path: String, _ flags: Int32) throws {
    number = open(path, flags | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw Failure(code: errno) }
  }

  deinit { close(number) }

  /// Reads on from where it stands: `count` bytes, fewer only at the end.
  func next(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      while initialized < count {
        let got = read(number, target.baseAddress.map { $0 + initialized }, count - initialized)
        if got < 0, errno == EINTR { continue }
        guard got >= 0 else { throw Failure(code: errno) }
        if got == 0 { break }
        initialized += got
      }
    }
  }

  /// Reads from an offset on until the target is full; false where the file ends before.
  func fill(_ target: UnsafeMutableRawBufferPointer, from offset: Int) throws -> Bool {
    var done = 0
    while done < target.count {
      let got = pread(number, target.baseAddress.map { $0 + done }, target.count - done, off_t(offset + done))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw Failure(code: errno) }
      if got == 0 { return false }
      done += got
    }
    return true
  }

  /// Writes all bytes; the system may still have to bring them to the disk.
  func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { raw in
      var written = 0
      while written < raw.count {
        let count = systemWrite(number, raw.baseAddress.map { $0 + written }, raw.count - written)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw Failure(code: errno) }
        written += count
      }
    }
  }

  /// Writes all bytes and waits until the disk has them.
  func put(_ bytes: [UInt8]) throws {
    try write(bytes)
    // Pipes and devices have nothing to wait for; they say so with EINVAL.
    guard fsync(number) == 0 || errno == EINVAL || errno == EROFS else { throw Failure(code: errno) }
  }
}

/// The system's `write`, which `Descriptor` has a method of the same name for.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
