import ArgumentParser

/// `voxelzoo augment`: what can be done to samples, and how it looks.
struct AugmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "Name the augmentations and their steps, or draw what one does.",
    subcommands: [AugmentListCommand.self, AugmentPreviewCommand.self],
    defaultSubcommand: AugmentListCommand.self)
}
