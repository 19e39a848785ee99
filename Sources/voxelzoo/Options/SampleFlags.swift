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

  @Option(
    help: ArgumentHelp(
      "Bring volumes to voxels of so many millimetres, which NIfTI files allow.", valueName: "mm|d,h,w"))
  var spacing: NumberList?

  @Option(
    help: ArgumentHelp(
      "Values that become 0 to 255, as -1000,400 for lungs; values beyond are held at the ends.",
      valueName: "low,high"))
  var window: NumberList?

  func validate() throws {
    guard spacing.map({ [1, 3].contains($0.numbers.count) }) ?? true else {
      throw ValidationError("--spacing takes one number, or three: depth, height, width.")
    }
    guard window.map({ $0.numbers.count == 2 && $0.numbers[0] < $0.numbers[1] }) ?? true else {
      throw ValidationError("--window takes two numbers, the lower first.")
    }
  }

  /// The architecture as it was asked for.
  func applied(to architecture: Architecture) throws -> Architecture {
    var architecture = architecture
    if let size { architecture = try architecture.withSize(size.axes) }
    if let mask { architecture = architecture.with(channels: architecture.input.channels, mask: mask) }
    if let classes { architecture = try architecture.with(classes: classes) }
    let mm = spacing.map { $0.numbers.count == 1 ? [Double](repeating: $0.numbers[0], count: 3) : $0.numbers }
    return try architecture.with(spacing: mm, window: window.map { $0.numbers[0]...$0.numbers[1] })
  }
}
