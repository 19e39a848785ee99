import ArgumentParser
import ZooCore
import ZooFormats
import ZooModels
import ZooReport
import ZooTraining

/// `voxelzoo compare`: several networks on the same split, in one table.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Train models on the same split, or take finished runs, and compare their validation AUC.",
    discussion: """
      Each model has a run of its own below --out; one that is finished is taken as it is, so the same command goes \
      on where it stopped. The row "shape" is a logistic regression on size and shape of the mask. The table is kept \
      in comparison.md and comparison.json.
      """)

  @Argument(help: ArgumentHelp("Models by name, or folders of finished runs.", valueName: "model|run"))
  var entries: [String]

  @OptionGroup var data: DataOption

  @Option(help: ArgumentHelp("The folder for the runs and the table.", valueName: "dir"))
  var out: String

  @OptionGroup(title: "Training options") var training: TrainingFlags

  @OptionGroup(title: "Training options") var varied: VariedFlags

  @OptionGroup var zoo: ZooOptions

  @OptionGroup var output: JSONOption

  func run() throws {
    let session = try TrainingSession(training, varied, zoo: zoo, data: data)
    let comparison = Comparison(
      data: session.data, out: out, options: session.options, registries: session.registries)
    let entries = try entries.map { name in
      let folder = RunFolder(name)
      return folder.isRun ? Comparison.Entry.run(folder) : .architecture(try session.find(name))
    }
    let result = try session.monitored { shouldStop, hear in
      try comparison.run(entries, shouldStop: shouldStop, onEvent: hear)
    }
    for note in result.notes { training.quiet.note("note: \(note)") }
    let table = ComparisonTable(result)
    let conclusions = table.conclusions.map { "- \($0)\n" }.joined()
    try Files.makeFolder(out)
    try Files.writeAtomically(table.json.text() + "\n", to: Files.join(out, "comparison.json"))
    try Files.writeAtomically(
      table.markdown() + (conclusions.isEmpty ? "" : "\n" + conclusions), to: Files.join(out, "comparison.md")
    )
    if output.json { return try Console.print(table.json) }
    try Console.print(table.text() + table.conclusions.map { "\n\($0)" }.joined())
  }
}
