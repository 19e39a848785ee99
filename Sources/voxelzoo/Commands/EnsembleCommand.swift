import ArgumentParser
import ZooCore
import ZooReport
import ZooTraining

/// `voxelzoo ensemble`: runs or cross-validations that judge together.
struct EnsembleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ensemble",
    abstract:
      "Put runs or cross-validations together, and compare them over the cases none of them trained on.",
    discussion: """
      Methods: mean of the probabilities, of the logits or of the ranks; greedy takes members, some more than once, as long \
      as the AUC of their mean grows; soup is one network with the mean of the weights of runs of one architecture. The \
      folder holds ensemble.json, which predict and evaluate take as --weights, and predictions.csv for the cases that were \
      held back. With --tta those are judged again, each by the runs that held it back; predict and evaluate take the \
      option too.
      """)

  @Argument(
    help: ArgumentHelp(
      "Finished runs, or folders of --folds, that held back the same cases.", valueName: "run|dir"))
  var members: [String]

  @Option(help: ArgumentHelp("The folder for the ensemble.", valueName: "dir"))
  var out: String

  @Option(help: ArgumentHelp("How members are put together.", valueName: "method"))
  var method = EnsembleFile.Method.mean

  @Option(help: ArgumentHelp("The data set (default: what the first was trained on).", valueName: "dir"))
  var data: String?

  @OptionGroup var views: ViewOption

  @OptionGroup var zoo: ZooOptions

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var quiet: QuietOption

  @OptionGroup var output: JSONOption

  func validate() throws {
    guard method != .soup || views.tta == .one else {
      throw ValidationError("--tta and --method soup exclude each other; give --tta to evaluate and predict.")
    }
  }

  func run() throws {
    let ensemble = try Ensemble(
      members, data: data, registries: TrainingRegistries(layers: zoo.layers()), views: views.tta,
      threads: threads.count())
    let result = try ensemble.make(method, out: out)
    let table = ComparisonTable(result.comparison, aucTitle: "AUC")
    if output.json { return try Console.print(json(result, table)) }
    for note in result.notes { quiet.note("note: \(note)") }
    let chosen =
      method == .greedy
      ? "\n" + result.file.members.map { "\(Format.fixed($0.weight, 2)) \($0.path)\n" }.joined() : ""
    try Console.print(table.text() + chosen + table.conclusionLines + "written to \(out)")
  }

  private func json(_ result: EnsembleResult, _ table: ComparisonTable) -> JSONValue {
    [
      "ensemble": .string(out), "method": .string(method.rawValue),
      "members": .array(
        result.file.members.map { ["path": .string($0.path), "weight": .number($0.weight)] }),
      "comparison": table.json, "notes": .array(result.notes.map { .string($0) }),
    ]
  }
}
