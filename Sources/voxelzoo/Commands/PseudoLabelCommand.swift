import ArgumentParser
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooTraining

/// `voxelzoo pseudo-label`: what models think of volumes without labels, for training.
struct PseudoLabelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pseudo-label",
    abstract: "Write what models think of the test part, where they are sure, for train --pseudo.",
    discussion: """
      A run may learn from the labels if no model behind them trained on a case that it validates on. Models of the same \
      split may label for each other; for train --folds, put {fold} into the name: each fold gets labels by the models that \
      held it back. Beside the table lies a file that ends in .json and says what the models held back.
      """)

  @OptionGroup var weights: WeightOptions

  @OptionGroup var data: DataOption

  @Option(
    help: ArgumentHelp("The table to write, name,predicted; a table a fold with {fold}.", valueName: "csv"))
  var out: String

  @Option(help: ArgumentHelp("The least probability of the likeliest class.", valueName: "p"))
  var threshold = 0.9

  @Flag(help: "Keep the classes' shares as they are among the labels, and the surest of each class.")
  var keepBalance = false

  @OptionGroup var precision: PrecisionOptions

  @OptionGroup var kernels: KernelOption

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var quiet: QuietOption

  @OptionGroup var output: JSONOption

  func validate() throws {
    guard (0...1).contains(threshold) else { throw ValidationError("--threshold is a number from 0 to 1.") }
  }

  func run() throws {
    let source = try data.open(quiet: quiet.quiet)
    let parts = out.split(separator: "{fold}", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return try report([label(source, fold: nil, to: out)]) }
    guard let folds = try Committee.folds(of: weights.weights) else {
      throw Problem(
        "no cross-validation among the models", at: "--weights", next: "leave {fold} out of --out")
    }
    try report((1...folds).map { try label(source, fold: $0, to: parts.joined(separator: "\($0)")) })
  }

  /// Labels the test part by the models that held a fold back, or by all.
  private func label(_ source: any DataSource, fold: Int?, to table: String) throws -> JSONValue {
    let (models, blending, files) = try weights.read(fold: fold, quiet: quiet.quiet)
    let predictor = try Predictor(
      models: models, blending: blending, precision: precision.chosen(), kernels: kernels.kernels,
      threads: threads.count())
    let progress = quiet.progress("predicting")
    defer { progress.clear() }
    let predictions = try predictor.predictions(in: source, part: .test, labelled: false) {
      progress.update($0, of: $1)
    }
    let shares = try keepBalance ? shares(of: source, classes: predictor.classes) : nil
    let selection = PseudoSelection(predictions.probabilities, threshold: threshold, shares: shares)
    let notes: [String: JSONValue] = [
      "data": .string(data.path), "weights": .array(weights.weights.map { .string($0) }),
      "models": .array(files.map { .string($0) }), "threshold": .number(threshold),
      "keep_balance": .bool(keepBalance), "cases": .number(Double(predictions.names.count)),
      "kept": .array(selection.counts.map { .number(Double($0)) }),
    ]
    let heldOut = try HeldOut.names(
      by: files, among: source.cases(of: .train, classes: nil).cases.map(\.name))
    try PseudoLabels(predictions.cases(selection.kept), part: .test, heldOut: heldOut)
      .write(to: table, classes: predictor.classes, noting: notes)
    if !output.json {
      progress.clear()
      let counts = selection.counts.map { "\($0)" }.joined(separator: " + ")
      try Console.print(
        "\(selection.kept.count) of \(predictions.names.count) cases (\(counts)) labelled by "
          + "\(models.count) model\(models.count == 1 ? "" : "s"), written to \(table)")
    }
    return .object(notes.merging(["out": .string(table)]) { $1 })
  }

  /// The classes' shares among the labels.
  private func shares(of source: any DataSource, classes: Int) throws -> [Double] {
    let labels = try source.cases(of: .train, classes: classes).cases.compactMap(\.label)
    return (0..<classes).map { k in Double(labels.count { $0 == k }) / Double(labels.count) }
  }

  private func report(_ tables: [JSONValue]) throws {
    if output.json { try Console.print(["tables": .array(tables)]) }
  }
}
