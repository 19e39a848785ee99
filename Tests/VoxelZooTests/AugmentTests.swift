import Foundation
import Testing
import ZooCore

/// Augmentation on the command line: lists, files, pictures, test-time views.
@Suite struct AugmentTests {
  @Test func presetsAndStepsAreNamed() throws {
    let workshop = try Workshop()
    let text = try workshop.output("augment")
    for word in ["m3dv", "strong", "rot90_flip", "elastic", "mixup", "cutmix", "trivial"] {
      #expect(text.contains("\n\(word) "), "\(word)")
    }
    let json = try JSONValue(parsing: try workshop.output("augment", "list", "--json").utf8, from: "list")
    guard case .object(let values) = json else { throw Problem("no object") }
    #expect(Set(values.keys) == ["presets", "steps"])
  }

  @Test func picturesAreWritten() throws {
    let workshop = try Workshop()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "12", "--seed", "3")
    func picture(_ name: String, _ flags: String...) throws -> Data {
      _ = try workshop.output(
        ["augment", "preview", "--data", "demo", "--count", "3", "--out", name] + flags)
      return try Data(contentsOf: workshop.folder.appending(path: name))
    }
    let strong = try picture("a.png", "--augmentation", "strong", "--size", "24,32,20", "--scale", "2")
    #expect(strong.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    // Width and height stand at 16 and 20, big-endian: four columns, slices of 32×20, 24×20 and 24×32 voxels.
    let sizes = [16, 20].map { start in strong[start..<start + 4].reduce(0) { $0 * 256 + Int($1) } }
    #expect(sizes == [4 + 4 * (2 * 32 + 4), 4 + 2 * (32 + 24 + 24) + 3 * 4])
    #expect(try picture("b.png", "--augmentation", "strong", "--size", "24,32,20", "--scale", "2") == strong)
    #expect(
      try picture("c.png", "--augmentation", "strong", "--size", "24,32,20", "--scale", "2", "--seed", "1")
        != strong)
    let missing = try Program.run(
      ["augment", "preview", "--data", "demo", "--case", "nobody", "--out", "d.png"], in: workshop.folder)
    #expect(missing.status == 1)
    #expect(missing.errors.contains("there is no case \"nobody\"") && !workshop.has("d.png"))
  }

  @Test func runsKeepTheListOfAFile() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "24", "--seed", "3")
    let list = #"[{"type": "shift"}, {"type": "rotate", "degrees": 10}, {"type": "mixup", "per": "sample"}]"#
    try workshop.write(list, to: "steps.json")
    let train = ["train", "./tiny.json", "--data", "demo", "--epochs", "1", "--batch", "8"]
    _ = try workshop.output(train + ["--out", "a", "--augmentation", "steps.json", "--threads", "1"])
    guard
      case .object(let config) = try JSONValue(
        parsing: try workshop.read("a/config.json").utf8, from: "config"),
      case .object(let options)? = config["options"], let steps = options["augmentation"]
    else { throw Problem("no options") }
    #expect(
      steps == [
        ["type": "shift", "voxels": 3, "probability": 1],
        ["type": "rotate", "degrees": 10, "probability": 1],
        ["type": "mixup", "alpha": 0.2, "per": "sample", "probability": 1],
      ])
    // What the run has kept is a file again, and any number of threads gives the same.
    try workshop.write(steps.text(), to: "again.json")
    _ = try workshop.output(train + ["--out", "b", "--augmentation", "again.json", "--threads", "3"])
    #expect(try workshop.read("a/validation.csv") == workshop.read("b/validation.csv"))
    let wrong = try Program.run(train + ["--out", "c", "--augmentation", "strnog"], in: workshop.folder)
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("--augmentation: unknown augmentation \"strnog\"; did you mean \"strong\""))
    try workshop.write(#"[{"type": "rotate", "degree": 3}]"#, to: "bad.json")
    let bad = try Program.run(train + ["--out", "c", "--augmentation", "bad.json"], in: workshop.folder)
    #expect(bad.status == 1)
    #expect(bad.errors.contains("bad.json[0]: unknown key \"degree\"; did you mean \"degrees\""))

    _ = try workshop.output("predict", "--weights", "a", "--data", "demo", "--out", "one.csv")
    _ = try workshop.output("predict", "--weights", "a", "--data", "demo", "--out", "eight.csv", "--tta", "8")
    #expect(try workshop.read("one.csv") != workshop.read("eight.csv"))
    #expect(
      try workshop.output("evaluate", "--weights", "a", "--data", "demo", "--tta", "48").contains("AUC"))
  }

  @Test func benchSaysWhatAugmentationTakes() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    let text = try workshop.output(
      "bench", "./tiny.json", "--batch", "4", "--repetitions", "2", "--threads", "2", "--augmentation",
      "strong",
      "--json")
    guard case .object(let values) = try JSONValue(parsing: text.utf8, from: "bench"),
      case .number(let share)? = values["augmentation_share"], case .array(let steps)? = values["steps"]
    else { throw Problem("no share") }
    #expect(share > 0 && share < 1)
    // Making samples allocates nothing.
    #expect(values["allocations_per_step"] == 0)
    let sum = steps.reduce(0) { sum, step in
      guard case .object(let step) = step, case .number(let share)? = step["share"] else { return .nan }
      return sum + share
    }
    #expect(abs(sum - 1) < 0.01)
  }
}
