import Foundation
import Testing
import ZooCore

/// The main road: data, training, comparison, predictions, export.
@Suite struct RoundTripTests {
  @Test func trainsComparesPredictsAndExports() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "40", "--seed", "3")
    #expect(try workshop.output("data", "check", "demo").contains("nothing wrong"))
    let training = ["--data", "demo", "--epochs", "2", "--batch", "8", "--threads", "2", "--augment"]
    let trained = try Program.run(["train", "./tiny.json", "--out", "run"] + training, in: workshop.folder)
    #expect(trained.status == 0 && trained.output.contains("validation AUC"), "\(trained.errors)")
    #expect(trained.errors.contains("epoch 2/2"))
    #expect(
      try workshop.entries("run")
        == ["best.safetensors", "config.json", "epochs.csv", "result.json", "tensorboard", "validation.csv"])

    // The same again is refused, and the run stays.
    let again = try Program.run(["train", "./tiny.json", "--out", "run"] + training, in: workshop.folder)
    #expect(again.status == 1 && again.errorLines.count == 1 && workshop.has("run/result.json"))

    let json = try Program.run(
      ["compare", "./tiny.json", "run", "--out", "compared", "--json"] + training, in: workshop.folder)
    guard case .object(let table) = try JSONValue(parsing: json.output.utf8, from: "output"),
      case .array(let rows) = table["rows"]
    else {
      Issue.record("no table: \(json.errors)")
      return
    }
    let names = rows.compactMap { row -> String? in
      guard case .object(let values) = row, case .string(let name) = values["name"] else { return nil }
      return name
    }
    #expect(names == ["tiny", "run", "shape", "volume"])
    #expect(try workshop.read("compared/comparison.json").contains("to_shape"))

    // One file is enough to predict with, and gives what the run gives, bit for bit.
    _ = try workshop.output("export", "run", "--format", "safetensors", "--out", "tiny.safetensors")
    _ = try workshop.output("predict", "--weights", "run", "--data", "demo", "--out", "a.csv")
    _ = try workshop.output(
      "predict", "--weights", "tiny.safetensors", "--weights", "run", "--data", "demo", "--out", "b.csv",
      "--threads", "1")
    #expect(try workshop.read("a.csv") == workshop.read("b.csv"))
    func ids(_ file: String) throws -> [Substring] {
      try workshop.read(file).split(separator: "\n").map { $0.prefix { $0 != "," } }
    }
    #expect(try ids("a.csv") == ids("demo/sampleSubmission.csv"))
    #expect(
      try workshop.output("evaluate", "--weights", "tiny.safetensors", "--data", "demo").contains("AUC"))
  }

  @Test func controlCKeepsWhatThereIs() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "24")
    let outcome = try workshop.run(
      "train", "./tiny.json", "--data", "demo", "--out", "run", "--epochs", "1000000", interruptAfter: 4)
    #expect(outcome.status == 130)
    let lines = Array(outcome.errorLines.suffix(2))
    #expect(lines.first?.contains("run: interrupted") == true, "\(lines)")
    #expect(
      lines.last == "to go on: voxelzoo train ./tiny.json --data demo --out run --epochs 1000000", "\(lines)")
    #expect(workshop.has("run/best.safetensors") && !workshop.has("run/result.json"))
    _ = try workshop.output("predict", "--weights", "run", "--data", "demo", "--out", "p.csv")
  }
}
