import ArgumentParser
import ZooCore
import ZooModels

/// What a network shall see of a volume, where that is not as its file says; saved with the run as its architecture.
struct SampleFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Size of a sample instead of the model's own: N voxels along each axis, or D,H,W.",
      valueName: "n|d,h,w"))
  var size: InputSize?

  @Option(
    help: ArgumentHelp(
      "Number of classes (default: as the data say, else the model's own); the last layer is made to fit.",
      valueName: "n"))
  var classes: Int?

  @Option(
    help: ArgumentHelp(
      "What happens to masks: multiply, ignore or channel (default: the model's own).", valueName: "use"))
  var mask: Architecture.MaskUse?

  /// The architecture as it was asked for.
  func applied(to architecture: Architecture) throws -> Architecture {
    var architecture = architecture
    if let size { architecture = try architecture.withSize(size.axes) }
    if let mask { architecture = architecture.with(channels: architecture.input.channels, mask: mask) }
    if let classes { architecture = try architecture.with(classes: classes) }
    return architecture
  }
}
