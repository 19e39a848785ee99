import Foundation
import Testing

/// What others are told of a training.
@Suite struct TrackingTests {
  private let words = [
    "train", "./tiny.json", "--data", "demo", "--epochs", "3", "--batch", "8", "--accumulate", "2",
    "--augmentation", "standard", "--threads", "2",
  ]

  private func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "40", "--seed", "3")
    return workshop
  }

  @Test func trackingChangesNothingOfTheResult() throws {
    let workshop = try workshop()
    _ = try workshop.output(words + ["--out", "with"])
    _ = try workshop.output(words + ["--out", "without", "--no-tensorboard"])
    #expect(try workshop.entries("with/tensorboard").count == 1 && !workshop.has("without/tensorboard"))
    for file in ["best.safetensors", "validation.csv", "config.json"] {
      let both = try ["with", "without"].map {
        try Data(contentsOf: workshop.folder.appending(path: "\($0)/\(file)"))
      }
      #expect(both[0] == both[1], "\(file)")
    }
    // A run that takes another's place begins its events anew.
    _ = try workshop.output(words + ["--out", "with", "--replace"])
    #expect(try workshop.entries("with/tensorboard").count == 1)
  }

  /// TensorBoard's own reader finds every value; where the package is not installed, there is nothing to check with.
  @Test func tensorBoardReadsWhatIsWritten() throws {
    guard try python("-c", "import tensorboard").status == 0 else {
      print("skipped: the Python package tensorboard is not installed")
      return
    }
    let workshop = try workshop()
    _ = try workshop.output(words + ["--out", "run"])
    let script = Program.package.appending(path: "scripts/check-tensorboard").path
    let checked = try python(script, workshop.folder.appending(path: "run").path)
    #expect(checked.status == 0 && checked.output.contains("as TensorBoard reads them"), "\(checked.output)")
  }

  private func python(_ arguments: String...) throws -> (status: Int32, output: String) {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  @Test func aServerThatIsNotThereCostsAWarning() throws {
    let workshop = try workshop()
    let address = "http://127.0.0.1:9"
    let outcome = try Program.run(
      words + ["--out", "run", "--mlflow", address, "--quiet"], in: workshop.folder)
    #expect(outcome.status == 0 && outcome.output.hasPrefix("best epoch "))
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count == 1 && lines[0].hasPrefix("warning: MLflow: \(address): "), "\(lines)")
    let wrong = try Program.run(words + ["--out", "other", "--mlflow", "nowhere"], in: workshop.folder)
    #expect(wrong.status == 1 && wrong.errors.contains("--mlflow: not the address") && !workshop.has("other"))
  }

  @Test func quietSaysResultsOnly() throws {
    let workshop = try workshop()
    let outcome = try Program.run(words + ["--out", "run", "--quiet"], in: workshop.folder)
    #expect(outcome.status == 0 && outcome.errors.isEmpty && outcome.output.hasPrefix("best epoch "))
    let compared = try Program.run(
      ["compare", "run", "--data", "demo", "--out", "compared", "--quiet"], in: workshop.folder)
    #expect(compared.status == 0 && compared.errors.isEmpty, "\(compared.errors)")
    let evaluated = try workshop.run("evaluate", "--weights", "run", "--data", "demo", "--quiet")
    #expect(evaluated.status == 0 && evaluated.errors.isEmpty && evaluated.output.contains("AUC"))
  }
}
