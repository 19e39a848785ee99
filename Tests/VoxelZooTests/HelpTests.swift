import Foundation
import Testing

/// The README may only say what the program knows.
@Suite struct HelpTests {
  static let commands = [
    "", "models", "data", "data lidc", "data demo", "data check", "train", "compare", "sweep", "ensemble",
    "report", "pseudo-label", "evaluate", "predict", "score", "explain", "export", "bench", "augment",
    "augment list",
    "augment preview",
  ]

  @Test(arguments: commands) func everyCommandExplainsItself(command: String) throws {
    let workshop = try Workshop()
    let words = command.split(separator: " ").map(String.init)
    let outcome = try Program.run(words + ["--help"], in: workshop.folder)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("USAGE: voxelzoo \(command)"))
  }

  @Test func theProgramSaysItsVersion() throws {
    let workshop = try Workshop()
    let outcome = try Program.run(["--version"], in: workshop.folder)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil, "\(outcome.output)")
  }

  /// Lines of the README's code that call the program, with the text that follows up to the next call.
  private func calls() throws -> [String] {
    let readme = try String(contentsOf: Program.package.appending(path: "README.md"), encoding: .utf8)
    return readme.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .map { $0.hasPrefix("$ ") ? String($0.dropFirst(2)) : $0 }.filter { $0.hasPrefix("voxelzoo ") }
  }

  @Test func everyFlagOfTheReadmeExists() throws {
    let workshop = try Workshop()
    let calls = try calls()
    #expect(calls.count > 5)
    for call in calls {
      let words = call.split(separator: " ").map(String.init)
      let command = Self.commands.filter { !$0.isEmpty && (call + " ").hasPrefix("voxelzoo \($0) ") }
        .max { $0.count < $1.count }
      let name = try #require(command, "\(call)")
      let help = try Program.run(
        name.split(separator: " ").map(String.init) + ["--help"], in: workshop.folder)
      for flag in words where flag.hasPrefix("--") {
        #expect(help.output.contains(" \(flag) "), "\(call): \(flag)")
      }
    }
  }

  /// Help that the README quotes is what the program prints.
  @Test func quotedHelpIsTheProgramsOwn() throws {
    let workshop = try Workshop()
    let readme = try String(contentsOf: Program.package.appending(path: "README.md"), encoding: .utf8)
    let quoted = readme.components(separatedBy: "```").filter {
      $0.contains("$ voxelzoo") && $0.contains(" --help\n")
    }
    #expect(!quoted.isEmpty)
    for block in quoted {
      let lines = block.components(separatedBy: "\n").drop { !$0.hasPrefix("$ ") }
      let words = try #require(lines.first).split(separator: " ").dropFirst(2).map(String.init)
      let help = try Program.run(words, in: workshop.folder).output
      let text = lines.dropFirst().joined(separator: "\n").trimmingCharacters(in: .newlines)
      #expect(help.trimmingCharacters(in: .newlines) == text)
    }
  }
}
