public import ZooCore
public import ZooData
public import ZooGraph

/// The parts a training is put together from, each found by name: handed down by the command, which may add its own.
public struct TrainingRegistries: Sendable {
  /// Layers of architectures.
  public var layers: Registry<any Layer.Type>
  /// Losses.
  public var losses: Registry<any Loss.Type>
  /// Optimizers.
  public var optimizers: Registry<any Optimizer.Type>
  /// Learning rate schedules.
  public var schedules: Registry<any Schedule.Type>
  /// Augmentations that have a name, as lists of steps.
  public var augmentations: Registry<JSONValue>
  /// Their steps.
  public var augmentationSteps: Registry<any AugmentationStep.Type>
  /// Who else writes down how runs go.
  public var trackers: [any RunTracking] = []

  /// The layers given and everything else that is built in.
  public init(layers: Registry<any Layer.Type>) throws {
    self.layers = layers
    losses = try Registry(losses: builtInLosses)
    optimizers = try Registry(optimizers: builtInOptimizers)
    schedules = try Registry(schedules: builtInSchedules)
    augmentations = try Registry(of: "augmentation", builtInAugmentations)
    augmentationSteps = try Registry(augmentationSteps: builtInAugmentationSteps)
  }

  /// An augmentation from the name of a preset or a list of steps.
  public func augmentation(_ value: JSONValue, at place: String = "augmentation") throws -> Augmentation {
    guard case .string(let name) = value else {
      return try Augmentation(value, among: augmentationSteps, at: place)
    }
    return try Augmentation(augmentations.find(name, at: place), among: augmentationSteps, at: name)
  }

  /// The same options with the augmentation's steps spelt out, as a run keeps them: a preset may change.
  public func explicit(_ options: TrainingOptions) throws -> TrainingOptions {
    var explicit = options
    explicit.augmentation = try augmentation(options.augmentation).json
    return explicit
  }
}
