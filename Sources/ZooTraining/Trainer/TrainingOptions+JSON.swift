public import ZooCore
import ZooEngine
import ZooKernels

extension TrainingOptions {
  /// All options as an object, keys in snake_case; what is nil is null.
  public var json: JSONValue { .object(values) }

  /// All options by key.
  var values: [String: JSONValue] {
    var values: [String: JSONValue] = [
      "epochs": .number(Double(epochs)),
      "batch": .number(Double(batch)),
      "balanced": .bool(balanced),
      "steps": steps.map { .number(Double($0)) } ?? .null,
      "optimizer": .string(optimizer),
      "optimizer_options": optimizerOptions,
      "learning_rate": .number(learningRate),
      "schedule": .string(schedule),
      "schedule_options": scheduleOptions,
      "warmup_epochs": .number(warmupEpochs),
      "loss": loss.map(JSONValue.string) ?? .null,
      "label_smoothing": .number(labelSmoothing),
      "class_weights": classWeights.json,
      "l2": l2.map(JSONValue.number) ?? .null,
      "weight_decay": weightDecay.map(JSONValue.number) ?? .null,
      "augmentation": augmentation,
      "seed": .number(Double(seed)),
      "split_seed": splitSeed.map { .number(Double($0)) } ?? .null,
      "precision": .string(precision.rawValue),
      "kernels": .string(kernels.rawValue),
      "memory": memory.map { .number(Double($0)) } ?? .null,
      "threads": .number(Double(threads)),
      "patience": patience.map { .number(Double($0)) } ?? .null,
      "target_auc": targetAUC.map(JSONValue.number) ?? .null,
      "validation_share": validationShare.map(JSONValue.number) ?? .null,
      "fold": fold.map { .string($0.description) } ?? .null,
      "inner_fold": innerFold.map { .string($0.description) } ?? .null,
      "allow_duplicates": .bool(allowDuplicates),
      "calibration_batches": .number(Double(calibrationBatches)),
    ]
    values["init"] = initial?.json ?? .null
    for group in [update.values, averaging.values, PseudoOptions.values(of: pseudo)] {
      values.merge(group) { own, _ in own }
    }
    return values
  }

  /// Reads and checks what `json` gives; a key that is left out has its default.
  public init(_ value: JSONValue, at place: String) throws {
    self.init()
    var object = try JSONObject(value, at: place)
    epochs = try object.integer("epochs", in: Limits.epochs, default: epochs)
    batch = try object.integer("batch", in: Limits.batch, default: batch)
    balanced = try object.bool("balanced", default: balanced)
    steps = try object.optional("steps") { try $0.integer($1, in: Limits.steps) }
    optimizer = try object.string("optimizer", default: optimizer)
    optimizerOptions = object.value("optimizer_options") ?? optimizerOptions
    learningRate = try object.number("learning_rate", in: Limits.learningRate, default: learningRate)
    schedule = try object.string("schedule", default: schedule)
    scheduleOptions = object.value("schedule_options") ?? scheduleOptions
    warmupEpochs = try object.number("warmup_epochs", in: Limits.warmupEpochs, default: warmupEpochs)
    loss = try object.optional("loss") { try $0.string($1) }
    labelSmoothing = try object.number("label_smoothing", in: Limits.share, default: labelSmoothing)
    if let weights = object.value("class_weights") {
      classWeights = try ClassWeights(weights, at: object.path("class_weights"))
    }
    l2 = try object.optional("l2") { try $0.number($1, in: Limits.share) }
    weightDecay = try object.optional("weight_decay") { try $0.number($1, in: Limits.share) }
    let initPlace = object.path("init")
    initial = try object.optional("init") { try InitialWeights(try $0.required($1), at: initPlace) }
    update = try UpdateOptions(reading: &object)
    averaging = try AveragingOptions(reading: &object)
    pseudo = try PseudoOptions(reading: &object)
    augmentation = object.value("augmentation") ?? augmentation
    seed = try object.integer("seed", in: Limits.seed, default: seed)
    splitSeed = try object.optional("split_seed") { try $0.integer($1, in: Limits.seed) }
    precision = try object.choice("precision", default: precision)
    kernels = try object.choice("kernels", default: kernels)
    memory = try object.optional("memory") { try $0.integer($1, in: Limits.memory) }
    threads = try object.integer("threads", in: Limits.threads, default: threads)
    patience = try object.optional("patience") { try $0.integer($1, in: Limits.epochs) }
    targetAUC = try object.optional("target_auc") { try $0.number($1, in: Limits.share) }
    validationShare = try object.optional("validation_share") { try $0.number($1, in: Limits.share) }
    let foldPlace = object.path("fold")
    fold = try object.optional("fold") { try Fold(try $0.string($1), at: foldPlace) }
    let innerPlace = object.path("inner_fold")
    innerFold = try object.optional("inner_fold") { try Fold(try $0.string($1), at: innerPlace) }
    allowDuplicates = try object.bool("allow_duplicates", default: allowDuplicates)
    calibrationBatches = try object.integer(
      "calibration_batches", in: Limits.calibration, default: calibrationBatches)
    try object.finish()
  }

  /// Checks every value as if it had been read; `place` says where they came from.
  public func validate(at place: String = "options") throws { _ = try TrainingOptions(json, at: place) }

  /// What numbers may be.
  private enum Limits {
    static let epochs = 1...1_000_000
    static let batch = 1...65_536
    static let steps = 1...1_000_000
    static let learningRate = 1e-12...1e6
    static let warmupEpochs = 0.0...1000
    static let share = 0.0...1
    static let seed = 0...999_999_999_999_999
    static let memory = 1...999_999_999_999_999
    static let threads = 1...1024
    static let calibration = 0...100_000
  }
}
