import ArgumentParser
import ZooCore
import ZooGraph
import ZooLayers
import ZooModels
import ZooTraining

/// `voxelzoo export`: a trained model as one file for other programs.
struct ExportCommand: ParsableCommand {
  /// What a model can be written as.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case safetensors, h5
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a trained model to one file for other programs.",
    discussion:
      "safetensors: PyTorch's names and axis order, with architecture, preprocessing and metrics; predict needs nothing but this file and data. h5: Keras' weights, which model.load_weights of Keras 2 and 3 takes."
  )

  @Argument(help: ArgumentHelp("A run's folder, or a trained model's file.", valueName: "run|file"))
  var source: String

  @Option(help: ArgumentHelp("The architecture, where a file does not carry its own.", valueName: "name"))
  var model: String?

  @OptionGroup var zoo: ZooOptions

  @Option(help: "The kind of file.")
  var format = Format.safetensors

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "Carry what makes probabilities honest, fitted on the cases that the run held back, of a run of --folds on those of all folds.",
      valueName: "kind")
  )
  var calibration: Calibration.Kind?

  @Option(
    help: ArgumentHelp("Carry the threshold for this sensitivity, with its interval.", valueName: "share"))
  var sensitivity: Double?

  @OptionGroup var output: JSONOption

  func validate() throws {
    guard calibration == nil || format == .safetensors else {
      throw ValidationError("--format h5 has no place for --calibration.")
    }
    guard sensitivity == nil || calibration != nil else {
      throw ValidationError("--sensitivity needs --calibration.")
    }
  }

  func run() throws {
    let fallback = try model.map { try zoo.zoo().find($0) }
    var model = try ModelFile.read(
      RunFolder.modelFile(of: source), layers: try zoo.layers(), fallback: fallback)
    if let calibration {
      let held = try Calibration.heldBack(of: source)
      model.calibration = try Calibration(
        calibration, on: held.predictions, sensitivity: sensitivity, at: source)
      if held.folds > 1 {
        Console.note("calibrated on the out-of-fold predictions of all \(held.folds) folds")
      }
    }
    if format == .h5, model.calibration != nil {
      model.calibration = nil
      Console.note("warning: the calibration of \(source) is left out: h5 has no place for it")
    }
    switch format {
    case .safetensors: try model.write(to: out)
    case .h5: try model.writeKeras(to: out)
    }
    if output.json {
      return try Console.print([
        "run": .string(source), "out": .string(out), "format": .string(format.rawValue),
        "model": .string(model.architecture.name), "metrics": model.metrics,
        "calibration": model.calibration?.json ?? .null,
        "weight_reports": .array([model.report?.json].compactMap(\.self)),
      ])
    }
    if let report = model.report { Console.note(report.text) }
    if let calibration = model.calibration { Console.note(calibration.summary) }
    try Console.print("\(model.architecture.name) written to \(out)")
  }
}
