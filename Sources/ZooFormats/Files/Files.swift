import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The file system, as far as it is needed; every failure is a `Problem` that names the file.
public enum Files {
  /// A path inside a folder.
  public static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty || folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Whether there is a file or a folder.
  public static func exists(_ path: String) -> Bool { status(path) != nil }

  /// Whether there is a folder.
  public static func isFolder(_ path: String) -> Bool { status(path)?.isFolder ?? false }

  /// Whether two paths lead to the same file or folder.
  public static func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// Bytes of a file; a `Problem` where there is none, or a folder.
  public static func size(ofFile path: String) throws -> Int {
    guard let status = status(path) else { throw problem("cannot read the file", path, errno) }
    guard !status.isFolder else { throw Problem("is a folder", at: path, expected: "a file") }
    return status.size
  }

  /// Makes a folder and those above it; one that is there already is left alone.
  public static func makeFolder(_ path: String) throws {
    if isFolder(path) { return }
    guard !exists(path) else { throw Problem("is a file", at: path, expected: "a folder") }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(String(path[..<slash]))
    }
    guard mkdir(path, 0o777) == 0 || isFolder(path) else {
      // Where the system lets nothing be made, it says that there is no such folder; another's name is no advice.
      let reason = errno
      throw reason == ENOENT
        ? Problem("cannot make the folder", at: path, next: "choose another place")
        : problem("cannot make the folder", path, reason)
    }
  }

  /// Names of what a folder holds, sorted, without `.` and `..`.
  public static func list(_ folder: String) throws -> [String] {
    guard let directory = opendir(folder) else { throw problem("cannot read the folder", folder, errno) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a file; one that is not there is no problem.
  public static func remove(_ path: String) throws {
    guard unlink(path) == 0 || errno == ENOENT else { throw problem("cannot remove the file", path, errno) }
  }

  /// Removes a folder if it is there and empty.
  public static func removeEmptyFolder(_ path: String) throws {
    guard rmdir(path) == 0 || [ENOENT, ENOTEMPTY, EEXIST].contains(errno) else {
      throw problem("cannot remove the folder", path, errno)
    }
  }

  /// What is at a path, following links.
  static func status(_ path: String) -> (isFolder: Bool, isRegular: Bool, size: Int)? {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    let kind = info.st_mode & S_IFMT
    return (kind == S_IFDIR, kind == S_IFREG, Int(info.st_size))
  }

  /// The folder a path is in.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The system's error as a problem, with what can be done about the common ones.
  static func problem(_ what: String, _ path: String, _ code: Int32) -> Problem {
    switch code {
    case ENOSPC, EDQUOT:
      return Problem("no space left", at: path, next: "free some space, or choose another place")
    case ENOENT:
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let near = (try? list(folder(of: path))).flatMap { nearest(to: name, in: $0) }
      return Problem("no such file or folder", at: path, next: near.map { "did you mean \"\($0)\"?" })
    default:
      return Problem(what, at: path, found: String(cString: strerror(code)))
    }
  }
}

extension Files {
  /// The path of something that exists as it is seen from a folder that exists: `../cv/fold1`; a `Problem` where one does not.
  public static func relative(_ path: String, to folder: String) throws -> String {
    let (own, base) = (try parts(of: path), try parts(of: folder))
    let common = zip(own, base).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: base.count - common) + own[common...]).joined(separator: "/")
  }

  /// The names along a path from the root, links followed.
  private static func parts(of path: String) throws -> [Substring] {
    guard let real = realpath(path, nil) else { throw problem("cannot find", path, errno) }
    defer { free(real) }
    return String(cString: real).split(separator: "/")
  }
}
