import ZooFormats

/// What this machine has left for a network.
package enum MachineMemory {
  /// Bytes that can be had without swapping, the share of a control group considered, less a tenth for what else grows; nil
  /// where the system does not tell.
  package static var available: Int? {
    let machine = field("MemAvailable:", of: "/proc/meminfo").map { $0 * 1024 }
    let group = number(of: "/sys/fs/cgroup/memory.max").flatMap { most in
      number(of: "/sys/fs/cgroup/memory.current").map { max(0, most - $0) }
    }
    return [machine, group].compactMap(\.self).min().map { $0 / 10 * 9 }
  }

  private static func field(_ name: String, of file: String) -> Int? {
    let lines = (try? Files.text(of: file))?.split(separator: "\n") ?? []
    return lines.first { $0.hasPrefix(name) }.flatMap { Int($0.filter(\.isNumber)) }
  }

  /// The number a file holds; nil for the word `max`, or no file.
  private static func number(of file: String) -> Int? {
    (try? Files.text(of: file)).flatMap { Int($0.filter { !$0.isWhitespace }) }
  }
}
