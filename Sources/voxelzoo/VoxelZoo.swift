import ArgumentParser

/// The command `voxelzoo`.
@main
struct VoxelZoo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "voxelzoo",
    abstract:
      "3D classification networks for medical volumes, trained and compared on this machine's processor.")
}
