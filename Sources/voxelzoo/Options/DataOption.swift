import ArgumentParser
import ZooData

/// `--data`: a data set of any kind.
struct DataOption: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "A data set: a folder in M3DV layout, a MedMNIST3D file, a table of NIfTI files, or a folder for each class.",
      valueName: "path"))
  var path: String

  /// Finds out of what kind it is, and says so, unless it shall be quiet.
  func open(quiet: Bool = false) throws -> any DataSource {
    let source = try DataKinds.builtIn.open(path)
    if !quiet { Console.note("data: \(source.summary)") }
    return source
  }
}
