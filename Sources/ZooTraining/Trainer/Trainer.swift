import ZooCore
public import ZooData
public import ZooEngine
public import ZooGraph
public import ZooModels

/// Trains a network on one part of a data set and judges it on the other, epoch by epoch.
///
/// The same data, split, options and seed give the same bits for any number of threads. Making one checks everything
/// and takes the memory; `train` may be called once.
public final class Trainer {
  /// The network's description.
  public let architecture: Architecture
  /// The network.
  public let graph: Graph
  /// How it is trained.
  public let options: TrainingOptions
  /// Which cases teach and which judge.
  public let split: Split
  /// Memory that the training network and the one for validation take.
  public let forecast: MemoryForecast

  /// Values that would learn if they were not frozen.
  let frozenCount: Int
  /// What was taken of the weights to start from; nil where they are drawn.
  public let transfer: WeightTransfer?
  var notesOfStart: [String]
  /// What taught these weights, and those that they start from; nil where that is not known.
  let trainedOn: TrainedCases?
  let dataset: Dataset
  /// The values that are trained.
  public let weights: Weights
  let network: Network
  let classifier: Classifier
  let loss: any Loss
  let update: WeightUpdate
  let epochAverage: EpochAverage?
  let schedule: WarmUp
  let training: BatchLoader
  let calibration: BatchLoader?
  let validation: BatchLoader
  var best: Best?
  /// The epoch that was judged last, and how.
  var latest: (epoch: Int, validated: Validated)?
  /// How far it has come.
  var progress = TrainingProgress()
  /// Whether the training ended because its loss, or a gradient, was no finite number any more.
  public internal(set) var hasDiverged = false

  /// The best epoch so far, and what it gave.
  struct Best {
    let result: EpochResult
    let weights: Weights
    let predictions: Predictions
  }

  /// Checks everything and takes the memory.
  ///
  /// The data set holds crops of the architecture's format with the augmentation's margin, see `sampleFormat`.
  public init(
    architecture: Architecture, dataset: Dataset, split: Split, options: TrainingOptions,
    registries: TrainingRegistries
  ) throws {
    try options.validate()
    let whole = try architecture.graph(registry: registries.layers)
    let graph = try whole.freezing(options.update.freeze)
    let logits = graph.logits
    let augmentation = try registries.augmentation(options.augmentation)
    let format = SampleFormat(architecture, margin: augmentation.margin(of: architecture.input.size))
    precondition(dataset.format == format, "the data set holds crops for this architecture and augmentation")
    try Trainer.check(dataset, split, architecture)
    frozenCount = whole.trainableCount - graph.trainableCount
    self.architecture = architecture
    self.graph = graph
    self.options = options
    self.split = split
    self.dataset = dataset
    loss = try options.makeLoss(
      logits, classes: architecture.classes, labels: try dataset.labels(of: split.training), from: registries)
    schedule = try options.makeSchedule(from: registries)
    let layout = ParameterLayout(graph.parameters)
    let optimizer = try options.makeOptimizer(layout, l2: architecture.l2, from: registries)
    epochAverage = options.averaging.epochs.map { EpochAverage($0) }

    let teaching = split.training + split.pseudo
    let batch = min(options.batch, teaching.count)
    let root = options.root
    let source = try BatchSource(
      dataset, indices: teaching, batchSize: batch, classes: architecture.classes, augmentation: augmentation,
      order: options.balanced ? .balanced : .shuffled, steps: options.steps, seed: root.child("batches"))
    training = try BatchLoader(source, threads: options.threads)
    calibration = try Trainer.calibration(graph, source, batches: options.calibrationBatches, seed: root)
    validation = try BatchLoader(
      BatchSource(
        dataset, indices: split.validation, batchSize: batch, classes: architecture.classes, order: .asGiven,
        seed: root))

    let taught = TrainedCases(names: teaching.map { dataset.cases[$0].name })
    weights = try Weights(for: graph)
    weights.initialize(seed: root.child("weights"))
    if let initial = options.initial {
      let file = try initial.file()
      let arrays = try ModelFile.arrays(of: file, layers: registries.layers, architecture: architecture)
      let taken = try WeightTransfer(arrays, to: weights, from: file)
      transfer = taken
      trainedOn = try ModelFile.trainedOn(of: file).map(taught.union)
      notesOfStart = try taken.notes(from: initial.path) + Ancestry(of: initial).notes
    } else {
      transfer = nil
      trainedOn = taught
      notesOfStart = []
    }
    update = try WeightUpdate(optimizer, of: weights, layout: layout, options: options)
    // Both networks share their parameters.
    let judging = try Classifier.forecast(
      graph, batch: batch, precision: options.precision, kernels: options.kernels,
      threads: options.threads)
    let memory = options.memory ?? MachineMemory.available
    let plan = try Plan(
      graph,
      PlanOptions(
        mode: .training, batch: batch, threads: options.threads, precision: options.precision,
        kernels: options.kernels,
        memory: memory.map { max(0, $0 - judging.tensors - judging.working) }, end: logits.tensor))
    network = try Network(plan, weights: weights)
    classifier = try Classifier(
      graph, weights: weights, batch: batch, precision: options.precision, kernels: options.kernels,
      threads: options.threads)
    var forecast = try Network.forecast(plan)
    forecast.tensors += judging.tensors
    forecast.working += judging.working
    forecast.parameters += update.bytes + (options.averaging.epochs?.count ?? 0) * weights.values.count * 4
    self.forecast = forecast
  }

  /// The crops that a training needs: the architecture's, with the augmentation's margin around them.
  public static func sampleFormat(
    for architecture: Architecture, options: TrainingOptions, registries: TrainingRegistries
  ) throws -> SampleFormat {
    let augmentation = try registries.augmentation(options.augmentation)
    return SampleFormat(architecture, margin: augmentation.margin(of: architecture.input.size))
  }

  /// The best model so far, in the end the one that is delivered, for saving; nil before the first epoch has ended.
  public var bestModel: ModelFile? {
    best.map {
      ModelFile(
        architecture: architecture, graph: graph, weights: $0.weights, trainedOn: trainedOn)
    }
  }

  /// That model's predictions for the validation cases; nil before the first epoch has ended.
  public var bestPredictions: Predictions? { best?.predictions }

  /// Keeps the present weights and what they predicted.
  func keep(_ result: EpochResult, _ probabilities: [[Double]]) throws {
    let kept = try best?.weights ?? Weights(for: graph)
    kept.copy(from: weights)
    best = Best(result: result, weights: kept, predictions: predictions(probabilities))
  }

  /// Probabilities of the validation cases with their names and labels.
  func predictions(_ probabilities: [[Double]]) -> Predictions {
    Predictions(
      names: split.validation.map { dataset.cases[$0].name },
      labels: split.validation.map { dataset.cases[$0].label }, probabilities: probabilities)
  }

  private static func check(_ dataset: Dataset, _ split: Split, _ architecture: Architecture) throws {
    guard !split.training.isEmpty, !split.validation.isEmpty else {
      throw Problem(
        "too few cases", at: dataset.place, expected: "cases to train on and cases to validate on",
        found: "\(split.training.count) and \(split.validation.count)")
    }
    try split.checkPatients(of: dataset)
    for index in split.training + split.validation {
      let label = try dataset.labels(of: CollectionOfOne(index))[0]
      guard (0..<architecture.classes).contains(label) else {
        throw Problem(
          "label \(label) of case \"\(dataset.cases[index].name)\" is no class of \(architecture.name)",
          at: dataset.place, expected: "0 to \(architecture.classes - 1)",
          next: "choose a model with more classes")
      }
    }
  }

  /// Batches for the batch norms' statistics: training cases drawn once, without augmentation. Nil if not needed.
  private static func calibration(
    _ graph: Graph, _ training: BatchSource, batches: Int, seed: Seed
  ) throws -> BatchLoader? {
    let hasNorms = graph.nodes.contains { node in
      guard case .batchNorm = node.operation else { return false }
      return node.parameters.contains { graph.parameters[$0].isTrainable }
    }
    guard hasNorms, batches > 0 else { return nil }
    var draws = seed.child("calibration").stream()
    let count = min(batches, training.indices.count / training.batchSize) * training.batchSize
    let indices = Array(draws.shuffled(training.indices).prefix(count))
    return try BatchLoader(
      BatchSource(
        training.dataset, indices: indices, batchSize: training.batchSize, classes: training.classes,
        order: .asGiven, seed: seed))
  }
}
