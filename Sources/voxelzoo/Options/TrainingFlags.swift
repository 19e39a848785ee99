import ArgumentParser
import ZooCore
import ZooData
import ZooTraining

/// Everything that decides how a network is trained, as options of the command line.
struct TrainingFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Passes over the training cases, at most.", valueName: "n"))
  var epochs = defaults.epochs

  @Option(help: ArgumentHelp("Samples a step.", valueName: "n"))
  var batch = defaults.batch

  @Flag(help: "Every class as often as the others in each batch; rare ones are drawn again.")
  var balanced = false

  @Option(help: ArgumentHelp("Batches an epoch has (default: as many as the cases fill).", valueName: "n"))
  var steps: Int?

  @Option(help: ArgumentHelp("adam, adamw or sgd.", valueName: "name"))
  var optimizer = defaults.optimizer

  @Option(help: ArgumentHelp("More options of the optimizer, as '{\"beta1\": 0.8}'.", valueName: "json"))
  var optimizerOptions: String?

  @Option(help: ArgumentHelp("How the rate changes: constant, step or cosine.", valueName: "name"))
  var schedule = defaults.schedule

  @Option(help: ArgumentHelp("More options of the schedule.", valueName: "json"))
  var scheduleOptions: String?

  @Option(help: ArgumentHelp("Epochs over which the rate rises linearly.", valueName: "epochs"))
  var warmupEpochs = defaults.warmupEpochs

  @Option(
    help: ArgumentHelp(
      "cross_entropy or binary_cross_entropy (default: what fits the network's output).", valueName: "name"))
  var loss: String?

  @Option(
    help: ArgumentHelp("The share of every target that is spread over all classes.", valueName: "share"))
  var labelSmoothing = defaults.labelSmoothing

  @Option(
    help: ArgumentHelp(
      "What each class counts: equal, balanced, or a number a class as 1,2.5.", valueName: "weights"))
  var classWeights = "equal"

  @Option(
    help: ArgumentHelp("The root of all chance: split, initial weights, order, augmentation.", valueName: "s")
  )
  var seed = defaults.seed

  @Option(
    help: ArgumentHelp(
      "The root of the split alone, to train other seeds on the same (default: --seed).", valueName: "s")
  )
  var splitSeed: Int?

  @Option(help: ArgumentHelp("Stop after so many epochs without a better one.", valueName: "epochs"))
  var patience: Int?

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp(
      "Start from these weights; with --folds from a folder of as many folds.", valueName: "file|run|folds"))
  var initial: String?

  @Option(help: ArgumentHelp("Stop after the first epoch with this validation AUC.", valueName: "auc"))
  var targetAuc: Double?

  @Option(help: ArgumentHelp("Hold back one of k folds for validation, as 1/5.", valueName: "i/k"))
  var fold: String?

  @Option(
    help: ArgumentHelp(
      "The share of the cases held back for validation (default: the data set's own split, else 0.2).",
      valueName: "share"))
  var validationShare: Double?

  @Option(
    help: ArgumentHelp(
      "Batches over which batch-norm statistics are taken before each validation; 0 for running averages.",
      valueName: "n"))
  var calibrationBatches = defaults.calibrationBatches

  @OptionGroup var sample: SampleFlags

  @OptionGroup var update: UpdateFlags

  @OptionGroup var averaging: AveragingFlags

  @OptionGroup var pseudo: PseudoFlags

  @OptionGroup var memory: MemoryOption

  @OptionGroup var precision: PrecisionOptions

  @OptionGroup var kernels: KernelOption

  @Flag(help: "Take nearly the same volumes on both sides of the split; refused otherwise.")
  var allowDuplicates = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var tracking: TrackingFlags

  @OptionGroup var quiet: QuietOption

  private static let defaults = TrainingOptions()

  func validate() throws {
    guard fold == nil || validationShare == nil else {
      throw ValidationError("--fold and --validation-share exclude each other.")
    }
  }

  /// The options with those that a sweep varies, every value checked.
  func options(_ varied: VariedFlags?) throws -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = epochs
    options.batch = batch
    options.balanced = balanced
    options.steps = steps
    options.optimizer = optimizer
    options.optimizerOptions = try json(optimizerOptions, at: "--optimizer-options")
    options.schedule = schedule
    options.scheduleOptions = try json(scheduleOptions, at: "--schedule-options")
    options.warmupEpochs = warmupEpochs
    options.loss = loss
    options.labelSmoothing = labelSmoothing
    options.classWeights = try ClassWeights(text: classWeights, at: "--class-weights")
    try varied?.apply(to: &options)
    update.apply(to: &options)
    try averaging.apply(to: &options)
    pseudo.apply(to: &options)
    options.seed = seed
    options.splitSeed = splitSeed
    options.precision = precision.chosen()
    options.kernels = kernels.kernels
    options.memory = memory.memory?.bytes
    options.threads = try threads.count()
    options.patience = patience
    options.initial = try initial.map { try InitialWeights($0) }
    options.targetAUC = targetAuc
    options.validationShare = validationShare
    options.fold = try fold.map { try Fold($0) }
    options.allowDuplicates = allowDuplicates
    options.calibrationBatches = calibrationBatches
    do {
      try options.validate()
    } catch let problem as Problem {
      throw TrainingFlags.named(problem)
    }
    return options
  }

  /// The same problem, said of the flag instead of the key in a file: `options.learning_rate` is `--learning-rate`.
  private static func named(_ problem: Problem) -> Problem {
    let key = problem.place?.split(separator: ".").last ?? ""
    let flag = String(key.map { $0 == "_" ? "-" : $0 })
    return Problem(
      problem.what, at: "--\(flag)", expected: problem.expected, found: problem.found, next: problem.next)
  }

  private func json(_ text: String?, at place: String) throws -> JSONValue {
    guard let text else { return .object([:]) }
    return try JSONValue(parsing: text.utf8, from: place)
  }
}
