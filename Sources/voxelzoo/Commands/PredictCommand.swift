import ArgumentParser
import ZooCore
import ZooData
import ZooFormats
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

  @OptionGroup var views: ViewOption

  @OptionGroup var precision: PrecisionOptions

  @OptionGroup var kernels: KernelOption

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var output: JSONOption

  func run() throws {
    // Better told now than when all is computed.
    guard Files.isFolder(Files.folder(of: out)) else {
      throw Problem("no such folder", at: Files.folder(of: out), next: "make it, or choose another --out")
    }
    let source = try data.open()
    let (models, blending, _) = try weights.read()
    let predictor = try Predictor(
      models: models, blending: blending, precision: precision.chosen(), kernels: kernels.kernels,
      threads: threads.count(), views: views.tta)
    let progress = Progress("predicting")
    defer { progress.clear() }
    let predictions = try predictor.predictions(in: source, part: part, labelled: false) {
      progress.update($0, of: $1)
    }
    progress.clear()
    try predictions.write(to: out)
    if output.json { return try Console.print(json(predictions)) }
    try Console.print(
      "\(predictions.names.count) cases predicted by \(models.count) model\(models.count == 1 ? "" : "s"), written to \(out)"
    )
  }

  private func json(_ predictions: Predictions) -> JSONValue {
    [
      "data": .string(data.path), "part": .string(part.rawValue), "tta": .number(Double(views.tta.rawValue)),
      "out": .string(out),
      "weights": .array(weights.weights.map { .string($0) }),
      "predictions": .array(
        zip(predictions.names, predictions.probabilities).map { name, row in
          ["name": .string(name), "probabilities": .array(row.map { .number($0) })]
        }),
    ]
  }
}
