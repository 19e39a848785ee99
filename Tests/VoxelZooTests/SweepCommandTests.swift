import Testing
import ZooCore

/// Searches and fine-tuning as a person runs them.
@Suite struct SweepCommandTests {
  @Test func sweepsAndGoesOnFromTheBest() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "40", "--seed", "3")
    let words = [
      "sweep", "./tiny.json", "--data", "demo", "--out", "sweep", "--trials", "3", "--method", "halving",
      "--learning-rate", "1e-3:1e-2", "--epochs", "3", "--batch", "8", "--threads", "2",
    ]
    let swept = try Program.run(words, in: workshop.folder)
    #expect(swept.status == 0 && swept.output.contains("its AUC is optimistic"), "\(swept.errors)")
    #expect(try workshop.entries("sweep").contains("sweep.json") && workshop.has("sweep/sweep.md"))
    // Finished trials are taken as they are.
    let again = try Program.run(words + ["--json"], in: workshop.folder)
    #expect(again.status == 0 && again.errorLines.allSatisfy { $0.hasPrefix("data: ") }, "\(again.errors)")
    guard case .object(let values) = try JSONValue(parsing: again.output.utf8, from: "output"),
      case .array(let trials) = values["trials"], case .object(let best) = trials.first,
      case .string(let run) = best["run"]
    else {
      Issue.record("no table: \(again.output)")
      return
    }
    #expect(trials.count == 3 && run.hasSuffix("-epochs3"))

    let tuning = [
      "train", "./tiny.json", "--data", "demo", "--out", "tuned", "--init", "sweep/\(run)", "--epochs", "2",
      "--batch", "8", "--freeze", "stem*", "--ema", "0.9", "--average", "last:2", "--clip-norm", "1",
      "--accumulate", "2",
    ]
    let tuned = try Program.run(tuning, in: workshop.folder)
    #expect(tuned.status == 0 && tuned.output.contains("mean of epochs"), "\(tuned.errors)")
    #expect(tuned.errors.contains("parameters learn") && tuned.errors.contains("arrays taken"))
    let other = try Program.run(
      tuning.map { $0 == "tuned" ? "other" : $0 } + ["--seed", "5"], in: workshop.folder)
    #expect(other.status == 1 && other.errors.contains("trained on validation cases"), "\(other.errors)")
    #expect(other.errors.contains("--split-seed 0") && !workshop.has("other"))
  }

  @Test func nothingToVaryIsAMistakeInTheArguments() throws {
    let workshop = try Workshop()
    let outcome = try workshop.run("sweep", "densenet", "--data", "demo", "--out", "sweep")
    #expect(outcome.status == 64 && outcome.errors.contains("--learning-rate 1e-4:1e-2"))
  }
}
