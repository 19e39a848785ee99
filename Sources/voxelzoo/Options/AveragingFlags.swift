import ArgumentParser
import ZooTraining

/// Which averages of weights are taken.
struct AveragingFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Validate and keep a moving average of the weights with this decay a step, as 0.999.",
      valueName: "decay"))
  var ema: Double?

  @Option(
    help: ArgumentHelp(
      "Keep the mean of the weights of the last or best epochs, as last:5 or best:3.",
      valueName: "epochs"))
  var average: String?

  /// Sets the options.
  func apply(to options: inout TrainingOptions) throws {
    options.averaging.decay = ema
    options.averaging.epochs = try average.map { try EpochChoice($0) }
  }
}
