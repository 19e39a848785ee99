import ZooCore
import ZooFormats

/// What this process has taken of the machine's memory.
enum Memory {
  /// What a run of `bench` takes beside its network: code, libraries, the tables of a plan. 27 to 34 MB for every model of the zoo.
  static let program = 35_000_000

  /// Peak resident bytes so far (VmHWM of /proc/self/status).
  static func peakBytes() throws -> Int {
    let status = try Files.text(of: "/proc/self/status")
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    guard let kibibytes = Int(line.filter(\.isNumber)) else {
      throw Problem("no peak memory in it", at: "/proc/self/status")
    }
    return kibibytes * 1024
  }
}
