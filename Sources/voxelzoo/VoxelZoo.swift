import ArgumentParser
import ZooCore
import ZooModels

/// The command `voxelzoo`.
///
/// Commands throw; what is thrown is said and turned into an exit code here alone.
@main
struct VoxelZoo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "voxelzoo",
    abstract:
      "3D classification networks for medical volumes, trained and compared on this machine's processor.",
    version: voxelZooVersion,
    subcommands: [
      ModelsCommand.self, DataCommand.self, TrainCommand.self, CompareCommand.self, SweepCommand.self,
      EnsembleCommand.self, ReportCommand.self, PseudoLabelCommand.self, EvaluateCommand.self,
      PredictCommand.self, ScoreCommand.self, ExplainCommand.self,
      ExportCommand.self, BenchCommand.self, AugmentCommand.self,
    ])

  static func main() {
    Console.ignoreClosedPipes()
    // A mistake in the arguments: ArgumentParser explains it with the usage, exit code 64.
    var command: any ParsableCommand
    do {
      command = try parseAsRoot()
    } catch {
      exit(withError: error)
    }
    do {
      try command.run()
    } catch let problem as Problem {
      Console.complain(problem.description)
      exit(withError: ExitCode(1))
    } catch is Console.Closed {
      // What reads the output has seen enough: as if SIGPIPE had ended the process.
      exit(withError: ExitCode(141))
    } catch let code as ExitCode {
      // A command has said all there is to say.
      exit(withError: code)
    } catch let error where exitCode(for: error) != .failure {
      // Help, or a wrong combination of options.
      exit(withError: error)
    } catch {
      Console.complain("\(error)")
      exit(withError: ExitCode(1))
    }
  }
}
