import ArgumentParser
import FoundationEssentials
import ZooCore
import ZooGraph
import ZooLayers
import ZooModels

/// Where models are found, and of what layers they may consist.
struct ZooOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A folder of architecture files, searched before $VOXELZOO_MODELS, the installed models and ./Models.",
      valueName: "dir"))
  var models: String?

  /// The models on the search path.
  func zoo() throws -> Zoo {
    let files = FileManager.default
    return Zoo(
      folders: try Zoo.searchPath(
        option: models, environment: ProcessInfo.processInfo.environment["VOXELZOO_MODELS"],
        executable: try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
        currentFolder: files.currentDirectoryPath))
  }

  /// The layers that come with the zoo.
  func layers() throws -> Registry<any Layer.Type> { try Registry(layers: BuiltInLayers.list) }
}
