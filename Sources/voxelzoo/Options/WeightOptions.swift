import ArgumentParser
import ZooCore
import ZooModels
import ZooTraining

/// Trained models to judge cases with.
struct WeightOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A trained model's file, a run, the folder of --folds, or an ensemble. May be repeated: probabilities are averaged.",
      valueName: "file|dir"))
  var weights: [String]

  @Option(help: ArgumentHelp("The architecture, where a file does not carry its own.", valueName: "name"))
  var model: String?

  @OptionGroup var zoo: ZooOptions

  /// Reads the models and how they judge together, with the models' files; of cross-validations only a fold if asked.
  /// Notes how weights of other programs were taken, unless it shall be quiet.
  func read(fold: Int? = nil, quiet: Bool) throws -> (
    models: [ModelFile], blending: Blending, files: [String]
  ) {
    let layers = try zoo.layers()
    let fallback = try model.map { try zoo.zoo().find($0) }
    let committee = try Committee(weights, fold: fold)
    let models = try committee.files.map { file in
      let model = try ModelFile.read(file, layers: layers, fallback: fallback)
      if let report = model.report, !quiet { Console.note(report.text) }
      if let calibration = model.calibration, !quiet { Console.note("\(file): \(calibration.summary)") }
      return model
    }
    return (models, committee.blending, committee.files)
  }
}
