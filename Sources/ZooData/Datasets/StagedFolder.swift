import FoundationEssentials
import ZooCore
import ZooFormats

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A folder that appears complete or not at all: it is filled under another name beside its place, then renamed.
enum StagedFolder {
  /// Lets `fill` write into a new folder that becomes `path` in the end. Whatever `fill` throws removes the half-made
  /// folder; a `path` that holds something already is refused.
  static func write<Result>(to path: String, fill: (_ folder: String) throws -> Result) throws -> Result {
    try refuseContents(of: path)
    let place = URL(fileURLWithPath: path).standardizedFileURL
    let name = ".\(place.lastPathComponent).partial-\(getpid())"
    let staging = place.deletingLastPathComponent().appendingPathComponent(name).path
    defer { try? FileManager.default.removeItem(atPath: staging) }
    try Files.makeFolder(staging)
    let result = try fill(staging)
    // An empty folder at the place gives way to the new one.
    guard rename(staging, place.path) == 0 else {
      throw Problem(
        "cannot rename the finished folder", at: path, found: String(cString: strerror(errno)))
    }
    return result
  }

  /// Throws when there is a file, or a folder with anything in it.
  private static func refuseContents(of path: String) throws {
    guard Files.exists(path) else { return }
    guard Files.isFolder(path) else {
      throw Problem("is a file", at: path, expected: "a new or empty folder", next: "choose another --out")
    }
    let contents = try Files.list(path)
    guard contents.isEmpty else {
      throw Problem(
        "folder is not empty", at: path, expected: "a new or empty folder",
        found: contents.count == 1 ? "\"\(contents[0])\" in it" : "\(contents.count) entries in it",
        next: "remove it or choose another --out")
    }
  }
}
