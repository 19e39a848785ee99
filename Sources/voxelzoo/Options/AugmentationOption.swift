import ArgumentParser
import ZooCore
import ZooFormats

/// `--augmentation`: a preset, or a file.
struct AugmentationOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is done to samples: a preset or a file FILE.json; voxelzoo augment names them.",
      valueName: "name|file"))
  var augmentation: String?

  /// The preset's name, or the list of the file; without the option nothing is done.
  func value() throws -> JSONValue {
    guard let augmentation else { return "none" }
    guard augmentation.hasSuffix(".json") else { return .string(augmentation) }
    return try JSONValue(parsing: try Files.read(augmentation), from: augmentation)
  }

  /// Where it stands, for messages.
  var place: String {
    augmentation.flatMap { $0.hasSuffix(".json") ? $0 : nil } ?? "--augmentation"
  }
}
