import ArgumentParser
import ZooCore
import ZooFormats
import ZooModels
import ZooTraining

/// `voxelzoo sweep`: a search over options, a run a trial.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Train a model with drawn options again and again, and rank the trials by validation AUC.",
    discussion: """
      A range LOW:HIGH is drawn from with every power of ten as likely as the others; values with commas between them are \
      drawn evenly. Each trial has a run of its own below --out; one that is finished is taken as it is, so the same command \
      goes on where it stopped. The table is kept in sweep.md and sweep.json.
      """)

  @Argument(help: "A model's name, or the path of an architecture file.")
  var model: String

  @OptionGroup var data: DataOption

  @Option(help: ArgumentHelp("The folder for the runs and the table.", valueName: "dir"))
  var out: String

  @Option(help: ArgumentHelp("Points to try.", valueName: "n"))
  var trials = 12

  @Option(
    help: ArgumentHelp(
      "random: all epochs for every trial; halving: few, and thrice as many for the best third, again and again.",
      valueName: "method"))
  var method = SweepMethod.random

  @OptionGroup(title: "Ranges") var ranges: RangeFlags

  @OptionGroup(title: "Training options") var training: TrainingFlags

  @OptionGroup var zoo: ZooOptions

  @OptionGroup var output: JSONOption

  func run() throws {
    let session = try TrainingSession(training, nil, zoo: zoo, data: data)
    let architecture = try session.find(model)
    let sweep = try Sweep(
      data: session.data, out: out, options: session.options, space: try ranges.space(), method: method,
      trials: trials, registries: session.registries)
    let result = try session.monitored { shouldStop, hear in
      try sweep.run(architecture, shouldStop: shouldStop, onEvent: hear)
    }
    let sheet = SweepSheet(result)
    try Files.makeFolder(out)
    try Files.writeAtomically(sheet.json.text() + "\n", to: Files.join(out, "sweep.json"))
    try Files.writeAtomically(sheet.markdown, to: Files.join(out, "sweep.md"))
    try output.json ? Console.print(sheet.json) : Console.print(sheet.text)
  }
}
