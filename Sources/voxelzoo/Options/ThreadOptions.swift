import ArgumentParser
import FoundationEssentials
import ZooCore

/// On how many threads the work is done.
struct ThreadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Threads; results do not depend on them (default: all processors).", valueName: "n"))
  var threads: Int?

  /// The number asked for, or one a processor.
  func count() throws -> Int {
    guard let threads else { return max(1, ProcessInfo.processInfo.activeProcessorCount) }
    guard (1...1024).contains(threads) else {
      throw Problem("out of range", at: "--threads", expected: "1 to 1024", found: "\(threads)")
    }
    return threads
  }
}
