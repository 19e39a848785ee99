import ArgumentParser
import ZooTraining

/// What happens to gradients before the optimizer gets them.
struct UpdateFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp("Shorten the gradient of all parameters together to this norm.", valueName: "norm"))
  var clipNorm: Double?

  @Option(help: ArgumentHelp("Batches whose gradients are averaged before a step.", valueName: "n"))
  var accumulate = UpdateOptions().accumulate

  /// Sets the options.
  func apply(to options: inout TrainingOptions) {
    options.update.clipNorm = clipNorm
    options.update.accumulate = accumulate
  }
}
