import ArgumentParser
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooReport
import ZooTraining

/// `voxelzoo predict`: probabilities for every case of a part.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predict every case with trained models, in a table like sampleSubmission.csv.")

  @OptionGroup var weights: WeightOptions

  @OptionGroup var data: DataOption

  @Option(help: ArgumentHelp("The table to write, name,predicted.", valueName: "csv"))
  var out: String

  @Option(help: ArgumentHelp("The part of the data set.", valueName: "part"))
  var part = DataPart.test

  @Flag(help: "Leave out cases of the table that have no file.")
  var skipMissing = false

  @OptionGroup var views: ViewOption

  @OptionGroup var precision: PrecisionOptions

  @OptionGroup var kernels: KernelOption

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var quiet: QuietOption

  @OptionGroup var output: JSONOption

  func run() throws {
    // Better told now than when all is computed.
    guard Files.isFolder(Files.folder(of: out)) else {
      throw Problem("no such folder", at: Files.folder(of: out), next: "make it, or choose another --out")
    }
    let source = try data.open(quiet: quiet.quiet)
    let (models, blending, _) = try weights.read(quiet: quiet.quiet)
    let predictor = try Predictor(
      models: models, blending: blending, precision: precision.chosen(), kernels: kernels.kernels,
      threads: threads.count(), views: views.tta)
    let progress = quiet.progress("predicting")
    defer { progress.clear() }
    let predictions = try predictor.predictions(
      in: source, part: part, labelled: false, skippingMissing: skipMissing
    ) {
      progress.update($0, of: $1)
    }
    progress.clear()
    let list = try source.cases(of: part, classes: nil)
    let skipped = skipped(of: list, but: predictions)
    let names = list.cases.map(\.name).filter { !skipped.contains($0) }
    try predictions.write(to: out, as: SubmissionCheck(names: names, keepsOrder: true, place: list.place))
    if output.json { return try Console.print(json(predictions, skipped, predictor.models)) }
    if let threshold = threshold(of: models) {
      let called = predictions.scores.count { $0 >= threshold.value }
      Console.note(
        "\(called) of \(predictions.names.count) cases called class 1: \(Format.fixed(threshold.value, 3)) or more, the threshold for a sensitivity of \(Format.share(threshold.sensitivity)) (95 % interval \(threshold.range))"
      )
    } else if models.contains(where: { $0.calibration?.threshold != nil }) {
      Console.note(
        "warning: the models' thresholds are left out: each is for its model alone, not for a mean")
    }
    try Console.print(
      "\(predictions.names.count) case\(predictions.names.count == 1 ? "" : "s") predicted by \(models.count) model\(models.count == 1 ? "" : "s"), written to \(out)"
    )
  }

  /// From which probability on a case is called class 1; nil where the model carries none, and for several models.
  private func threshold(of models: [ModelFile]) -> Calibration.Threshold? {
    models.count == 1 ? models[0].calibration?.threshold : nil
  }

  /// The cases of the table that were left out, which is said.
  private func skipped(of list: CaseList, but predictions: Predictions) -> Set<String> {
    let present = Set(predictions.names)
    let skipped = list.cases.map(\.name).filter { !present.contains($0) }
    guard !skipped.isEmpty else { return [] }
    let first = skipped.prefix(3).joined(separator: ", ")
    Console.note(
      "warning: \(skipped.count) of \(skipped.count + present.count) cases have no file and are left out: \(first)\(skipped.count > 3 ? ", …" : "")"
    )
    return Set(skipped)
  }

  private func json(_ predictions: Predictions, _ skipped: Set<String>, _ models: [ModelFile]) -> JSONValue {
    let threshold = threshold(of: models)
    return [
      "data": .string(data.path), "part": .string(part.rawValue), "tta": .number(Double(views.tta.rawValue)),
      "out": .string(out),
      "weights": .array(weights.weights.map { .string($0) }),
      "weight_reports": .array(models.compactMap(\.report?.json)),
      "skipped": .array(skipped.sorted().map { .string($0) }),
      "threshold": threshold.map {
        ["sensitivity": .number($0.sensitivity), "value": .number($0.value)]
      } ?? .null,
      "predictions": .array(
        zip(predictions.names, predictions.probabilities).map { name, row in
          [
            "name": .string(name), "probabilities": .array(row.map { .number($0) }),
            "called": threshold.map { .number(row[1] >= $0.value ? 1 : 0) } ?? .null,
          ]
        }),
    ]
  }
}
