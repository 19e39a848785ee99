import ZooCore
import ZooGraph

extension TrainingOptions {
  /// The loss, made for a network's logits; by default the one that fits how the network ends.
  func makeLoss(
    _ logits: Graph.Logits, classes: Int, labels: [Int], from registries: TrainingRegistries
  ) throws -> any Loss {
    let name = loss ?? (logits.head == .sigmoid ? BinaryCrossEntropy.type : CrossEntropy.type)
    let weights = classWeights.values(classes: classes, labels: labels)
    let made = try registries.losses.make(
      name,
      options: [
        "class_weights": .array(weights.map(JSONValue.number)), "label_smoothing": .number(labelSmoothing),
      ], classes: classes)
    guard made.outputs == logits.count else {
      throw Problem(
        "the loss \(name) does not fit the network", expected: "\(made.outputs) outputs",
        found: "\(logits.count)", next: "leave the loss out: the one that fits is taken")
    }
    return made
  }

  /// The schedule with its warm-up.
  func makeSchedule(from registries: TrainingRegistries) throws -> WarmUp {
    try registries.schedules.make(
      schedule, options: try merged(scheduleOptions, ["warmup_epochs": warmupEpochs], at: "schedule_options"))
  }

  /// The optimizer over parameters; `l2` is the architecture's factor.
  func makeOptimizer(
    _ layout: ParameterLayout, l2 fallback: Double, from registries: TrainingRegistries
  ) throws -> any Optimizer {
    let own = ["l2": l2 ?? fallback, "weight_decay": weightDecay]
    return try registries.optimizers.make(
      optimizer, options: try merged(optimizerOptions, own, at: "optimizer_options"),
      layout: layout)
  }

  /// Options of a part with those that have names of their own here; one that is said twice is a `Problem`.
  private func merged(_ options: JSONValue, _ own: [String: Double?], at place: String) throws -> JSONValue {
    guard case .object(var values) = options else {
      throw Problem("wrong value", at: place, expected: "an object { … }", found: options.kind)
    }
    for (key, value) in own.sorted(by: { $0.key < $1.key }) {
      guard let value else { continue }
      guard values.updateValue(.number(value), forKey: key) == nil else {
        throw Problem("\"\(key)\" has an option of its own", at: place, next: "remove it there")
      }
    }
    return .object(values)
  }
}
