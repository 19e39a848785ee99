import ArgumentParser
import ZooCore
import ZooFormats
import ZooReport
import ZooTraining

/// `voxelzoo report`: results as one HTML file.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write finished runs side by side as one HTML file: plain words, tables, figures.",
    discussion: """
      Takes the folder of a comparison, or runs, folders of --folds and ensembles that held back the same cases. The file \
      needs nothing beside it and asks no network for anything; the same results give the same bytes. Without a comparison \
      the rows "shape" and "volume" are fitted anew; where the data are not to be found the report goes without them and \
      says so.
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder of a comparison; or runs, folders of --folds, ensembles that held back the same cases.",
      valueName: "run|dir")
  )
  var folders: [String]

  @Option(help: ArgumentHelp("The file to write.", valueName: "html"))
  var out: String

  @Option(help: ArgumentHelp("What stands above the report.", valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("The sensitivity for which a threshold is chosen.", valueName: "share"))
  var sensitivity = 0.9

  @Option(help: ArgumentHelp("The data set (default: what the first was trained on).", valueName: "path"))
  var data: String?

  @OptionGroup var zoo: ZooOptions

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var output: JSONOption

  func run() throws {
    guard sensitivity > 0, sensitivity < 1 else {
      throw Problem(
        "out of range", at: "--sensitivity", expected: "a number between 0 and 1", found: "\(sensitivity)")
    }
    if let title, title.allSatisfy(\.isWhitespace) {
      throw Problem(
        "there is nothing in it", at: "--title", expected: "words to stand above the report",
        found: "\"\(title)\"", next: "leave it out, and the models' names stand there")
    }
    let (layers, threads) = (try zoo.layers(), try threads.count())
    let comparison = try ReportedComparison(folders, data: data, layers: layers, threads: threads)
    let trainings = try TrainingCommands(comparison, zoo: zoo)
    let source = ReportSource(comparison, layers: layers, threads: threads)
    let contents = try source.contents(
      title: title, sensitivity: sensitivity, commands: trainings.lines + [command])
    let report = Report(contents, threads: threads)
    let html = report.html()
    try Files.writeAtomically(html, to: out)
    if output.json {
      return try Console.print([
        "report": .string(out), "bytes": .number(Double(html.utf8.count)),
        "summary": .array(report.summary.map { .string($0) }),
        "notes": .array(contents.notes.map { .string($0) }),
      ])
    }
    for note in contents.notes { Console.note("note: \(note)") }
    try Console.print(
      report.summary.map { "\($0)\n" }.joined() + "written to \(out), \(Format.bytes(html.utf8.count))")
  }

  /// What was asked for, as it would be typed.
  private var command: String {
    var words = ["voxelzoo", "report"] + folders + ["--out", out]
    if let title { words += ["--title", title] }
    if sensitivity != 0.9 { words += ["--sensitivity", "\(sensitivity)"] }
    if let data { words += ["--data", data] }
    if let models = zoo.models { words += ["--models", models] }
    return words.map(\.shellQuoted).joined(separator: " ")
  }
}
