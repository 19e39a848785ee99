import ArgumentParser
import ZooData

/// `voxelzoo data check`: what a data set holds and what is wrong with it.
struct DataCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what a data set holds and what is wrong with it; fails if that would spoil a result.")

  @Argument(help: ArgumentHelp("A data set of any kind.", valueName: "path"))
  var data: String

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var quiet: QuietOption

  @OptionGroup var output: JSONOption

  func run() throws {
    let source = try DataKinds.builtIn.open(data)
    let progress = quiet.progress("reading")
    defer { progress.clear() }
    let check = try DatasetCheck(of: source, threads: threads.count()) { progress.update($0, of: $1) }
    progress.clear()
    if output.json { try Console.print(check.json) } else { try Console.print(check.description) }
    if !check.isSound { throw ExitCode(1) }
  }
}
