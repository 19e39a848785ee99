import ArgumentParser
import ZooTraining

/// Pseudo labels to learn from beside the labelled cases.
struct PseudoFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Learn from the labels of voxelzoo pseudo-label too; {fold} stands for the fold's number.",
      valueName: "csv"))
  var pseudo: String?

  @Option(
    help: ArgumentHelp("What such a case counts beside one with a label (default: 0.5).", valueName: "weight")
  )
  var pseudoWeight: Double?

  func validate() throws {
    guard pseudo != nil || pseudoWeight == nil else {
      throw ValidationError("--pseudo-weight needs --pseudo.")
    }
  }

  /// Sets the options.
  func apply(to options: inout TrainingOptions) {
    options.pseudo = pseudo.map {
      PseudoOptions(table: $0, weight: pseudoWeight ?? PseudoOptions.defaultWeight)
    }
  }
}
