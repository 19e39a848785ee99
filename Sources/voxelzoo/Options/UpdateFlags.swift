import ArgumentParser
import ZooTraining

/// Which parameters learn, and what happens to their gradients before the optimizer gets them.
struct UpdateFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp("Shorten the gradient of all parameters together to this norm.", valueName: "norm"))
  var clipNorm: Double?

  @Option(help: ArgumentHelp("Batches whose gradients are averaged before a step.", valueName: "n"))
  var accumulate = UpdateOptions().accumulate

  @Option(
    help: ArgumentHelp(
      "Layers or parameters that keep their values, as 'block1.*,stem*'; frozen batch norms keep their statistics.",
      valueName: "patterns"))
  var freeze: String?

  /// Sets the options.
  func apply(to options: inout TrainingOptions) {
    options.update.clipNorm = clipNorm
    options.update.accumulate = accumulate
    options.update.freeze =
      freeze?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
  }
}
