import ArgumentParser
import ZooCore
import ZooData
import ZooReport
import ZooTraining

/// `voxelzoo train`: one network, into a run's folder.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model; the best epoch by validation AUC is kept, with --folds the last.",
    discussion: """
      The run's folder holds config.json, epochs.csv, validation.csv, best.safetensors and, once it is finished, \
      result.json. Ctrl-C ends the training after the step and keeps the best epoch so far, with exit code 130; the same command goes \
      on from there to the same weights. \
      With --folds every fold has a run of its own below --out, which keeps the last epoch: the best would be chosen by \
      the cases that judge it. oof.csv holds each case's prediction by the models that did not train on it, folds.json \
      what came out, and the same command goes on where it stopped.
      """)

  @Argument(help: "A model's name, or the path of an architecture file.")
  var model: String

  @OptionGroup var data: DataOption

  @Option(help: ArgumentHelp("The run's folder: new, empty, or an unfinished run.", valueName: "run"))
  var out: String

  @Option(help: ArgumentHelp("Train k times, each time with another fold held back.", valueName: "k"))
  var folds: Int?

  @Option(
    help: ArgumentHelp("Train every fold so many times, from --seed on, on the same split.", valueName: "n"))
  var seeds = 1

  @Flag(help: "Take the place of a finished run.")
  var replace = false

  @OptionGroup(title: "Training options") var training: TrainingFlags

  @OptionGroup(title: "Training options") var varied: VariedFlags

  @OptionGroup var zoo: ZooOptions

  @OptionGroup var output: JSONOption

  func validate() throws {
    guard folds == nil || training.fold == nil else {
      throw ValidationError("--folds and --fold exclude each other.")
    }
    guard folds == nil || !replace else {
      throw ValidationError("--folds and --replace exclude each other: remove the folder instead.")
    }
    guard folds != nil || seeds == 1 else { throw ValidationError("--seeds needs --folds.") }
  }

  func run() throws {
    let session = try TrainingSession(training, varied, zoo: zoo, data: data)
    if let folds {
      let sheet = CrossValidationSheet(
        try session.crossValidate(try session.find(model), to: out, folds: folds, seeds: seeds))
      return try output.json ? Console.print(sheet.json) : Console.print(sheet.text + "written to \(out)")
    }
    let result = try session.train(try session.find(model), to: RunFolder(out), replacing: replace)
    if output.json { return try Console.print(json(result)) }
    try Console.print(text(result))
  }

  private func text(_ result: TrainingResult) -> String {
    let evaluation = result.evaluation
    let auc = evaluation.auc.map { "validation AUC \(Format.fixed($0, 4))" } ?? "validation AUC undefined"
    let interval = evaluation.interval.map {
      " (95 % interval \(Format.fixed($0.lowerBound, 4)) – \(Format.fixed($0.upperBound, 4)))"
    }
    let average = result.average.map { $0.epochs.count == 1 ? "epoch" : "mean of epochs" }
    let kept = "\(average ?? "best epoch") \(Format.ranges(result.keptEpochs)) of \(result.epochs.count)"
    return """
      \(kept): \(auc)\(interval ?? ""), \
      \(Format.seconds(result.seconds)) of training
      written to \(out)
      """
  }

  private func json(_ result: TrainingResult) -> JSONValue {
    [
      "run": .string(out), "kept_epochs": .array(result.keptEpochs.map { .number(Double($0)) }),
      "epochs": .number(Double(result.epochs.count)), "seconds": .number(result.seconds),
      "validation_loss": .number(result.validationLoss), "validation": result.evaluation.json,
      "stopped_early": .bool(result.stopped != nil),
      "stop_reason": result.stopped.map { .string($0.rawValue) } ?? .null,
    ]
  }
}
