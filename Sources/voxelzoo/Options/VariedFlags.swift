import ArgumentParser
import ZooCore
import ZooTraining

/// The options that are worth a search: `voxelzoo sweep` takes ranges of them.
struct VariedFlags: ParsableArguments {
  @Option(help: ArgumentHelp("The base learning rate.", valueName: "rate"))
  var learningRate = TrainingOptions().learningRate

  @Option(help: ArgumentHelp("L2 factor on kernels (default: the architecture's).", valueName: "factor"))
  var l2: Double?

  @Option(
    help: ArgumentHelp("Decoupled weight decay of adamw (default: the optimizer's).", valueName: "factor"))
  var weightDecay: Double?

  @Flag(help: "Shift, turn and mirror samples at random; the same as --augmentation standard.")
  var augment = false

  @OptionGroup var augmentation: AugmentationOption

  func validate() throws {
    guard !augment || augmentation.augmentation == nil else {
      throw ValidationError("--augment and --augmentation exclude each other.")
    }
  }

  /// Sets the options.
  func apply(to options: inout TrainingOptions) throws {
    options.learningRate = learningRate
    options.l2 = l2
    options.weightDecay = weightDecay
    options.augmentation = augment ? "standard" : try augmentation.value()
  }
}
