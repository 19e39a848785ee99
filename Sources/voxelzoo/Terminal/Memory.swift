import ZooCore
import ZooFormats

/// What this process has taken of the machine's memory.
enum Memory {
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
