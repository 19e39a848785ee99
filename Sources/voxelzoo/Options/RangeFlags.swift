import ArgumentParser
import ZooCore
import ZooTraining

/// What a sweep varies: the options of `VariedFlags`, as ranges.
struct RangeFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Learning rates (default: the one of train).", valueName: "range"))
  var learningRate: String?

  @Option(help: ArgumentHelp("L2 factors (default: the architecture's).", valueName: "range"))
  var l2: String?

  @Option(
    help: ArgumentHelp("Decoupled weight decays of adamw (default: the optimizer's).", valueName: "range"))
  var weightDecay: String?

  @Option(help: ArgumentHelp("Names of augmentations, as none,standard (default: none).", valueName: "names"))
  var augmentation: String?

  func validate() throws {
    guard [learningRate, l2, weightDecay, augmentation].contains(where: { $0 != nil }) else {
      throw ValidationError("Name what to vary, as --learning-rate 1e-4:1e-2.")
    }
  }

  /// The space to search.
  func space() throws -> SweepSpace {
    var space = SweepSpace()
    for (key, text, flag) in [
      ("learning_rate", learningRate, "--learning-rate"), ("l2", l2, "--l2"),
      ("weight_decay", weightDecay, "--weight-decay"),
    ] {
      if let text { space.numbers[key] = try SweepRange(text, at: flag) }
    }
    if let augmentation {
      space.names["augmentation"] = augmentation.split(separator: ",", omittingEmptySubsequences: false)
        .map(String.init)
    }
    return space
  }
}
