import ArgumentParser
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooReport
import ZooTraining

/// `voxelzoo compare`: several networks on the same splits, in one table.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Train models on the same splits, or take finished runs and tables, and compare their AUC.",
    discussion: """
      Each model has a run, or with --folds a cross-validation, of its own below --out; what is finished is taken as it \
      is, so the same command goes on where it stopped. A file of weights predicts the cases that the others held back, and is \
      refused if it was trained on one of them; weights that do not say what they were trained on are never called best. A \
      table NAME.csv of another program has the columns name and predicted (predicted_0, predicted_1, … for more than two \
      classes). All rows are judged by the same cases. The rows "shape" and "volume" are logistic regressions on what the \
      mask alone tells. --out keeps the table in comparison.md, comparison.csv and comparison.json, and every row's \
      predictions in predictions/.
      """)

  @Argument(
    help: ArgumentHelp(
      "Models by name, folders of finished runs, of --folds or of ensembles, files of weights, tables of predictions.",
      valueName: "model|run|file"))
  var entries: [String]

  @OptionGroup var data: DataOption

  @Option(help: ArgumentHelp("The folder for the runs and the table.", valueName: "dir"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "The architecture of files of weights that do not say theirs, as Keras'.", valueName: "name"))
  var model: String?

  @OptionGroup var plan: FoldOptions

  @Option(
    help: ArgumentHelp(
      "Judge parts of the cases by a column of the data's table too; more than six different numbers are divided into thirds.",
      valueName: "column"))
  var by: String?

  @Flag(
    help: """
      Judge by the test part too, once all else is decided; every look is counted, in test_looks.json of --out and of \
      each run.
      """)
  var final = false

  @OptionGroup(title: "Training options") var training: TrainingFlags

  @OptionGroup(title: "Training options") var varied: VariedFlags

  @OptionGroup var zoo: ZooOptions

  @OptionGroup var output: TableOutput

  func validate() throws {
    guard plan.folds == nil || training.fold == nil else {
      throw ValidationError("--folds and --fold exclude each other.")
    }
  }

  func run() throws {
    let session = try TrainingSession(training, varied, zoo: zoo, data: data)
    let comparison = Comparison(
      data: session.data, out: out, options: session.options, plan: try plan.plan(),
      registries: session.registries)
    let fallback = try model.map(session.find)
    let entries = try entries.map { name -> ComparisonEntry in
      guard let entry = ComparisonEntry(path: name, model: fallback) else {
        return .architecture(try session.find(name))
      }
      if session.knows(name) {
        training.quiet.note(
          "note: \(name): taken from the folder of that name, trained with options of its own; "
            + "rename the folder to train the model")
      }
      return entry
    }
    let readsWeights = entries.contains { if case .weights = $0 { true } else { false } }
    guard fallback == nil || readsWeights else {
      throw Problem(
        "no weights are compared whose architecture it could name", at: "--model", next: "leave it out")
    }
    // Before hours of training, not after them.
    if let by { try Subgroup.check(by, of: session.data) }
    if final, let allowed = try comparison.checkTest(entries) { Console.note("warning: \(allowed)") }
    let result = try session.monitored { shouldStop, hear in
      try comparison.run(
        entries, shouldStop: shouldStop,
        onForecast: { forecast in
          let trainings = forecast.trainings == 1 ? "one training" : "\(forecast.trainings) trainings"
          let early = session.options.canStopEarly ? "at most " : ""
          training.quiet.note(
            "\(trainings) to do, \(early)about \(Format.seconds(forecast.seconds.rounded(.up))) on this machine"
          )
        }, onEvent: hear)
    }
    let division = try by.map { try result.division(by: $0, of: session.data) }
    let sheet = ComparisonSheet(
      result, subgroups: try division.map { ($0.column, try result.subgroups($0, of: session.data)) },
      aucTitle: result.isOutOfFold ? "out-of-fold AUC" : result.isOfTrainings ? "validation AUC" : "AUC",
      record: ComparisonRecord(data: session.data.path))
    let kept = try sheet.write(to: out, threads: session.options.threads)
    for note in result.notes { training.quiet.note("note: \(note)") }
    guard final else { return try show([(sheet, kept)]) }
    let test: (sheet: ComparisonSheet, kept: [String: JSONValue])
    do {
      test = try lookAtTest(comparison, entries, division)
    } catch {
      // What was compared before is not lost with it.
      try show([(sheet, kept)])
      throw error
    }
    try show([(sheet, kept), test])
  }

  /// Prints the sheet of what was held back, and that of the test part; as JSON what their folders keep.
  private func show(_ sheets: [(sheet: ComparisonSheet, kept: [String: JSONValue])]) throws {
    guard output.json else {
      return try Console.print(try ComparisonSheet.shown(sheets.map(\.sheet), as: output))
    }
    let test = sheets.dropFirst().first.map { ["test": JSONValue.object($0.kept)] } ?? [:]
    try Console.print(JSONValue.object(sheets[0].kept.merging(test) { $1 }))
  }

  /// Judges by the test part, counts the look before anybody sees what came out, and keeps it.
  private func lookAtTest(
    _ comparison: Comparison, _ entries: [ComparisonEntry], _ division: ColumnDivision?
  ) throws -> (sheet: ComparisonSheet, kept: [String: JSONValue]) {
    let result = try comparison.final(entries)
    // Its table may know less of the cases than that of the others.
    let known = try division.flatMap {
      try Subgroup.columns(of: comparison.data, part: .test).contains($0.column) ? $0 : nil
    }
    if let division, known == nil {
      training.quiet.note(
        "note: the table of the test part has no column \"\(division.column)\": it is judged as a whole")
    }
    let sheet = ComparisonSheet(
      result,
      subgroups: try known.map { ($0.column, try result.subgroups($0, of: comparison.data, part: .test)) },
      aucTitle: "test AUC",
      record: ComparisonRecord(data: comparison.data.path, part: .test))
    // Nothing of what follows is refused.
    var looks = try comparison.testLooks(entries)
    let rows = Set(result.rows.map(\.contender.name))
    try looks.add(entries.map(\.name).filter(rows.contains))
    for name in entries.map(\.name) where !rows.contains(name) {
      training.quiet.note("note: \(name): does not predict the test part, and is left out there")
    }
    let kept = try sheet.write(to: Files.join(out, "test"), threads: comparison.options.threads)
    training.quiet.note(looks)
    return (sheet, kept)
  }
}
