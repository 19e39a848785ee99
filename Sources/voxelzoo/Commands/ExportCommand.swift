import ArgumentParser
import ZooCore
import ZooGraph
import ZooLayers
import ZooModels
import ZooTraining

/// `voxelzoo export`: a run's best model as one file for other programs.
struct ExportCommand: ParsableCommand {
  /// What a model can be written as.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case safetensors
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a run's best model to one file, with its architecture, preprocessing and metrics.",
    discussion: "Tensors have PyTorch's names and axis order; predict needs nothing but this file and data.")

  @Argument(help: ArgumentHelp("A run's folder.", valueName: "run"))
  var source: String

  @Option(help: "The kind of file.")
  var format = Format.safetensors

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
  var out: String

  @OptionGroup var output: JSONOption

  func run() throws {
    let layers = try Registry(layers: BuiltInLayers.list)
    let model = try ModelFile.read(RunFolder.modelFile(of: source), layers: layers)
    switch format {
    case .safetensors: try model.write(to: out)
    }
    if output.json {
      return try Console.print([
        "run": .string(source), "out": .string(out), "format": .string(format.rawValue),
        "model": .string(model.architecture.name), "metrics": model.metrics,
      ])
    }
    try Console.print("\(model.architecture.name) written to \(out)")
  }
}
