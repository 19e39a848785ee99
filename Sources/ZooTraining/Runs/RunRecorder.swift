import ZooCore
import ZooFormats
import ZooModels

/// Writes a run's folder while it is trained.
struct RunRecorder {
  let folder: RunFolder
  private var rows: [[String]] = []

  /// Makes the folder ready and writes the configuration. A run that goes on after some epochs keeps what is there.
  init(
    _ folder: RunFolder, _ configuration: RunConfiguration, replacing: Bool, after epochs: [EpochResult]?
  ) throws {
    self.folder = folder
    if let epochs { rows = epochs.map(RunRecorder.row) } else { try folder.prepare(replacing: replacing) }
    try Files.writeAtomically(configuration.json.text() + "\n", to: folder.configPath)
  }

  /// The columns of `epochs.csv`.
  private static let columns = [
    "epoch", "loss", "validation_loss", "validation_auc", "learning_rate", "seconds",
  ]

  /// Writes down an epoch, and the model if it is the best so far.
  mutating func record(_ result: EpochResult, of trainer: Trainer) throws {
    rows.append(RunRecorder.row(of: result))
    try CSVTable.write(header: Self.columns, rows: rows, to: folder.epochsPath)
    guard result.isBest else { return }
    try writeModel(
      of: trainer,
      ["epoch": .number(Double(result.epoch)), "validation_loss": .number(result.validationLoss)])
  }

  private static func row(of result: EpochResult) -> [String] {
    [
      "\(result.epoch)", "\(result.loss)", "\(result.validationLoss)",
      result.validationAUC.map { "\($0)" } ?? "", "\(result.learningRate)", "\(result.seconds)",
    ]
  }

  /// Writes down the average of epochs, which takes the best epoch's place.
  func record(_ result: AverageResult, of trainer: Trainer) throws {
    try writeModel(
      of: trainer,
      [
        "averaged_epochs": .array(result.epochs.map { .number(Double($0)) }),
        "validation_loss": .number(result.validationLoss),
      ])
  }

  private func writeModel(of trainer: Trainer, _ figures: [String: JSONValue]) throws {
    guard let best = trainer.bestModel, let predictions = trainer.bestPredictions,
      case .object(var metrics) = try Evaluation(predictions).json
    else { return }
    metrics.merge(figures) { _, new in new }
    let model = ModelFile(
      architecture: best.architecture, graph: best.graph, weights: best.weights,
      metrics: .object(["validation": .object(metrics)]), trainedOn: best.trainedOn)
    try model.write(to: folder.modelPath)
    try predictions.write(to: folder.validationPath, withLabels: true)
  }

  /// Writes the result, which says that the run is finished.
  func finish(_ result: TrainingResult, parameters: Int) throws {
    guard case .object(var values) = result.evaluation.json else { return }
    values["best_epoch"] = .number(Double(result.best.epoch))
    values["epochs"] = .number(Double(result.epochs.count))
    values["validation_loss"] = .number(result.validationLoss)
    values["best_epoch_auc"] = result.best.validationAUC.map(JSONValue.number) ?? .null
    values["averaged_epochs"] = .array(result.average?.epochs.map { .number(Double($0)) } ?? [])
    values["parameters"] = .number(Double(parameters))
    values["training_cases"] = .number(Double(result.trainingCases))
    values["seconds"] = .number(result.seconds)
    values["stopped_early"] = .bool(result.stopped != nil)
    values["stop_reason"] = result.stopped.map { .string($0.rawValue) } ?? .null
    try Files.writeAtomically(JSONValue.object(values).text() + "\n", to: folder.resultPath)
    try Files.remove(folder.checkpointPath)
  }
}
