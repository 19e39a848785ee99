import ArgumentParser
import ZooCore
import ZooData

/// `voxelzoo data demo`: synthetic nodules.
struct DataDemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Make a small data set of synthetic nodules: smooth ones against lobulated or spiculated ones.")

  @Option(help: ArgumentHelp("The folder to make, new or empty.", valueName: "dir"))
  var out: String

  @Option(help: ArgumentHelp("Cases in all, 8 to 100000.", valueName: "n"))
  var count = 200

  @Option(help: ArgumentHelp("Decides all that is drawn.", valueName: "s"))
  var seed: UInt64 = 0

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var quiet: QuietOption

  @OptionGroup var output: JSONOption

  func run() throws {
    var builder = DemoBuilder(count: count, seed: Seed(seed))
    builder.threads = try threads.count()
    let progress = quiet.progress("writing nodules")
    defer { progress.clear() }
    let summary = try builder.build(to: out) { progress.update($0, of: $1) }
    progress.clear()
    if output.json { return try Console.print(summary.json) }
    try Console.print("\(summary)\nwritten to \(out)")
  }
}
