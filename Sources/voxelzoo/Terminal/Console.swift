import ZooCore

#if canImport(Glibc)
  @preconcurrency import Glibc
#else
  @preconcurrency import Musl
#endif

/// Results go to standard output, everything else to standard error.
enum Console {
  /// Whatever reads standard output has closed it.
  struct Closed: Error {}

  /// Writing to a closed pipe shall be an error that can be handled, not the end of a training.
  static func ignoreClosedPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Writes a result, its last line ended; a full disk is a `Problem`.
  static func print(_ text: String) throws {
    let failure = write(text.hasSuffix("\n") ? text : text + "\n", to: STDOUT_FILENO)
    guard let failure else { return }
    if failure == EPIPE { throw Closed() }
    throw Problem("cannot write", at: "standard output", found: String(cString: strerror(failure)))
  }

  /// Writes JSON for programs.
  static func print(_ json: JSONValue) throws { try print(json.text()) }

  /// Writes a remark; where nobody reads it, it is lost.
  static func note(_ line: String) { _ = write(line + "\n", to: STDERR_FILENO) }

  /// Writes why the command fails, on one line whatever is in it.
  static func complain(_ message: String) {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    note("voxelzoo: \(line)")
  }

  /// Writes over the current line of the terminal.
  static func overwrite(_ line: String) { _ = write("\r" + line, to: STDERR_FILENO) }

  /// Whether remarks are read on a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Columns of that terminal.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes all of a text; the system's number of an error, or nil.
  private static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let written = systemWrite(descriptor, rest.baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        guard written >= 0 else { return errno }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
      return nil
    }
  }
}

/// The system's `write`, which `Console` has a method of the same name for.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
