import ArgumentParser
import ZooTraining

/// How often every case is held back.
struct FoldOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Train k times, each time with another fold held back.", valueName: "k"))
  var folds: Int?

  @Option(help: ArgumentHelp("Do all of that on so many splits.", valueName: "n"))
  var repeats = 1

  @Option(
    help: ArgumentHelp("Train every fold so many times, from --seed on, on the same split.", valueName: "n"))
  var seeds = 1

  @Option(
    help: ArgumentHelp(
      "Choose among the models by so many folds of what each fold leaves, too: what the choice is worth.",
      valueName: "j"))
  var nested: Int?

  func validate() throws {
    guard folds != nil || (seeds == 1 && repeats == 1 && nested == nil) else {
      throw ValidationError("--seeds, --repeats and --nested need --folds.")
    }
  }

  /// The plan; nil for a single split.
  func plan() throws -> FoldPlan? {
    try folds.map { try FoldPlan(folds: $0, repeats: repeats, seeds: seeds, inner: nested) }
  }
}
