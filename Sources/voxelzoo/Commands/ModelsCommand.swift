import ArgumentParser
import ZooCore
import ZooModels
import ZooReport

/// `voxelzoo models`: the zoo, or one model layer by layer.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the models, or show one layer by layer with the memory its training takes.")

  @Argument(help: "A model's name, or the path of an architecture file; without it all models are listed.")
  var name: String?

  @OptionGroup var zoo: ZooOptions

  @Option(help: ArgumentHelp("Samples in a batch, for the memory of a training step.", valueName: "n"))
  var batch = 32

  @OptionGroup var threads: ThreadOptions

  @Option(
    help: ArgumentHelp(
      "Size of a sample instead of the model's own: N voxels along each axis, or D,H,W.",
      valueName: "n|d,h,w"))
  var size: InputSize?

  @Flag(help: "Show a row for each operation instead of each layer.")
  var detailed = false

  @OptionGroup var output: JSONOption

  func run() throws {
    guard (1...65_536).contains(batch) else {
      throw Problem("out of range", at: "--batch", expected: "1 to 65536", found: "\(batch)")
    }
    if let name { try show(name) } else { try list() }
  }

  private func list() throws {
    let (zoo, layers) = (try zoo.zoo(), try zoo.layers())
    let listing = ZooListing(of: zoo, layers: layers, size: size?.axes)
    guard !listing.isEmpty else {
      throw Problem(
        "there are no models",
        next: "name a folder with --models; searched \(zoo.folders.joined(separator: ", "))")
    }
    if output.json { try Console.print(listing.json) } else { try Console.print(listing.text) }
  }

  private func show(_ name: String) throws {
    var architecture = try zoo.zoo().find(name)
    if let size { architecture = try architecture.withSize(size.axes) }
    let sheet = try ModelSheet(
      of: architecture, layers: zoo.layers(), batch: batch, threads: threads.count(), detailed: detailed)
    if output.json { try Console.print(sheet.json) } else { try Console.print(sheet.text) }
  }
}
