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
  /// Augmentations.
  public var augmentations: Registry<Augmentation>

  /// The layers given and everything else that is built in.
  public init(layers: Registry<any Layer.Type>) throws {
    self.layers = layers
    losses = try Registry(losses: builtInLosses)
    optimizers = try Registry(optimizers: builtInOptimizers)
    schedules = try Registry(schedules: builtInSchedules)
    augmentations = try Registry(of: "augmentation", builtInAugmentations)
  }
}

/// The augmentations that come with the zoo: nothing, shifts by up to three voxels, the 48 turns and mirrorings, both.
public let builtInAugmentations: [(name: String, entry: Augmentation)] = [
  ("none", .none),
  ("shift", Augmentation(shift: 3, symmetries: false)),
  ("symmetries", Augmentation(shift: 0, symmetries: true)),
  ("standard", .standard),
]
