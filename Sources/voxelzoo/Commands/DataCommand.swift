import ArgumentParser

/// `voxelzoo data`: makes and checks data sets.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Make a data set, or check one.",
    subcommands: [DataLIDCCommand.self, DataDemoCommand.self, DataCheckCommand.self])
}
