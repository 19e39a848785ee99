import ArgumentParser
import ZooCore
import ZooModels
import ZooTraining

/// Trained models to judge cases with.
struct WeightOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A trained model: its file, or its run's folder. May be repeated: probabilities are averaged.",
      valueName: "file|run"))
  var weights: [String]

  @Option(help: ArgumentHelp("The architecture, where a file does not carry its own.", valueName: "name"))
  var model: String?

  @OptionGroup var zoo: ZooOptions

  /// Reads the models.
  func read() throws -> [ModelFile] {
    let layers = try zoo.layers()
    let fallback = try model.map { try zoo.zoo().find($0) }
    return try weights.map { path in
      try ModelFile.read(RunFolder.modelFile(of: path), layers: layers, fallback: fallback)
    }
  }
}
