import ArgumentParser
import ZooCore
import ZooData
import ZooModels
import ZooReport
import ZooTraining

/// `voxelzoo evaluate`: how good trained models are on labelled cases.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Say how good trained models are on cases with labels.",
    discussion: """
      The test part's labels stand in test_labels.csv (name,label), the training part's in its table. Every look at the test \
      part is counted, in test_looks.json of each run.
      """)

  @OptionGroup var weights: WeightOptions

  @OptionGroup var data: DataOption

  @Option(help: ArgumentHelp("The part of the data set.", valueName: "part"))
  var part = DataPart.test

  @OptionGroup var views: ViewOption

  @OptionGroup var precision: PrecisionOptions

  @OptionGroup var kernels: KernelOption

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var quiet: QuietOption

  @OptionGroup var output: JSONOption

  func run() throws {
    let source = try data.open(quiet: quiet.quiet)
    let (models, blending, files) = try weights.read(quiet: quiet.quiet)
    if part == .train {
      quiet.note(
        "note: part \(part.rawValue) holds the cases that networks are trained on; its figures flatter them")
    }
    if part == .test, let found = try source.duplicatesInTest(threads: threads.count()) {
      Console.note("warning: \(found)")
    }
    let predictor = try Predictor(
      models: models, blending: blending, precision: precision.chosen(), kernels: kernels.kernels,
      threads: threads.count(), views: views.tta)
    let progress = quiet.progress("predicting")
    defer { progress.clear() }
    let predictions = try predictor.predictions(in: source, part: part, labelled: true) {
      progress.update($0, of: $1)
    }
    progress.clear()
    let names = Set(models.map(\.architecture.name))
    let contender = try Contender(names.count == 1 ? names.first ?? "" : "ensemble", predictions)
    let baselines =
      part == .test
      ? try MaskBaselines(besideTest: predictions, from: MaskSurvey(of: source, threads: threads.count()))
      : nil
    let result = try ComparisonResult(contender, beside: baselines)
    if part == .test {
      var looks = try TestLooks(atModels: files)
      try looks.add([contender.name])
      quiet.note(looks)
    }
    if output.json { return try Console.print(json(result, models)) }
    for note in result.notes { quiet.note("note: \(note)") }
    let table = ComparisonTable(result)
    try Console.print(text(result) + table.conclusionLines)
  }

  private func text(_ result: ComparisonResult) -> String {
    var table = TextTable([
      .init(""), .init("cases", .right), .init("AUC", .right), .init("95 % interval"),
      .init("accuracy", .right), .init("log loss", .right), .init("Brier", .right),
    ])
    func figure(_ value: Double?) -> String { value.map { Format.fixed($0, 4) } ?? Format.none }
    for row in result.rows {
      let evaluation = row.contender.evaluation
      table.append([
        row.contender.name, Format.count(evaluation.cases), figure(evaluation.auc),
        evaluation.interval.map { Format.interval($0, 4) } ?? Format.none,
        figure(evaluation.accuracy), figure(evaluation.logLoss), figure(evaluation.brier),
      ])
    }
    return table.text()
  }

  private func json(_ result: ComparisonResult, _ models: [ModelFile]) -> JSONValue {
    [
      "data": .string(data.path), "part": .string(part.rawValue), "tta": .number(Double(views.tta.rawValue)),
      "weights": .array(weights.weights.map { .string($0) }),
      "evaluation": result.rows.first?.contender.evaluation.json ?? .null,
      "baselines": .object(
        Dictionary(
          result.rows.dropFirst().map { ($0.contender.name, $0.contender.evaluation.json) }
        ) { first, _ in first }),
      "conclusions": .array(ComparisonTable(result).conclusions.map { .string($0) }),
      "weight_reports": .array(models.compactMap(\.report?.json)),
    ]
  }
}
