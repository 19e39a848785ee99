import Foundation
import Testing
import ZooCore
import ZooFormats

/// `voxelzoo explain` on a network that has learnt from synthetic nodules.
@Suite struct ExplainTests {
  /// A workshop with data and a run.
  private func trained() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "48", "--seed", "3")
    _ = try workshop.output(
      "train", "./tiny.json", "--data", "demo", "--epochs", "12", "--batch", "8", "--learning-rate", "0.02",
      "--out", "run")
    return workshop
  }

  private func object(_ text: String) throws -> [String: JSONValue] {
    guard case .object(let values) = try JSONValue(parsing: text.utf8, from: "explain") else {
      throw Problem("no object")
    }
    return values
  }

  @Test func mapsChangeWithTheWeights() throws {
    let workshop = try trained()
    for method in ["grad-cam", "occlusion"] {
      let values = try object(
        try workshop.output(
          "explain", "run", "--case", "candidate2", "--class", "1", "--method", method, "--sanity", "--json"))
      guard case .object(let sanity)? = values["sanity"], case .number(let head)? = sanity["head_median"],
        case .number(let all)? = sanity["all_median"], case .array(let draws)? = sanity["head"]
      else { throw Problem("no sanity check") }
      #expect(head < 0.9 && all < 0.9 && sanity["passed"] == true && Set(draws).count > 1, "\(method)")
    }
  }

  @Test func picturesAndVolumesAreWritten() throws {
    let workshop = try trained()
    let text = try workshop.output("explain", "run", "--case", "candidate2", "--class", "1", "--out", "out")
    let files = [
      "candidate2_class1_grad-cam.nii.gz", "candidate2_class1_grad-cam.png", "candidate2_mask.nii.gz",
      "candidate2_volume.nii.gz",
    ]
    #expect(try workshop.entries("out") == files)
    for part in ["case candidate2 (", "P(class 1) = 0.", "true label", "Grad-CAM at relu_1 for class 1"] {
      #expect(text.contains(part), "\(text)")
    }
    func volume(_ name: String) throws -> [Float] {
      let (header, voxels) = try NIfTIFile.read(workshop.folder.appending(path: "out/\(name)").path)
      #expect(header.axes == [16, 16, 16])
      return voxels.floats()
    }
    let (map, mask) = (try volume(files[0]), try volume(files[2]))
    #expect(map.allSatisfy { (0...1).contains($0) } && map.max() == 1 && Set(mask) == [0, 1])
    let values = try object(
      try workshop.output(
        "explain", "--weights", "run/best.safetensors", "--data", "demo", "--case", "candidate2", "--class",
        "1", "--out", "out", "--json"))
    guard case .number(let share)? = values["share_in_mask"] else { throw Problem("no share") }
    let inside = zip(map, mask).reduce(0) { $0 + Double($1.0 * $1.1) } / map.reduce(0) { $0 + Double($1) }
    #expect(abs(share - inside) < 1e-5 && values["label"] != .null && values["sanity"] == .null)
    // Threads change nothing.
    let (one, three) = (
      try workshop.output("explain", "run", "--case", "candidate2", "--threads", "1", "--json"),
      try workshop.output("explain", "run", "--case", "candidate2", "--threads", "3", "--json")
    )
    #expect(one == three)
  }

  @Test func aCrossValidationIsExplainedByTheMeanOfItsMaps() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "48", "--seed", "3")
    _ = try workshop.output(
      "train", "./tiny.json", "--data", "demo", "--epochs", "4", "--batch", "8", "--learning-rate", "0.02",
      "--out", "cv", "--folds", "2")
    func map(_ folder: String, out: String) throws -> (map: [Float], said: [String: JSONValue]) {
      let outcome = try workshop.run(
        "explain", folder, "--case", "candidate2", "--class", "1", "--out", out, "--json")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let file = workshop.folder.appending(path: "\(out)/candidate2_class1_grad-cam.nii.gz").path
      return (try NIfTIFile.read(file).voxels.floats(), try object(outcome.output))
    }
    let (one, other) = (try map("cv/fold1", out: "1"), try map("cv/fold2", out: "2"))
    let both = try map("cv", out: "both")
    let mean = zip(one.map, other.map).map { ($0 + $1) / 2 }
    let most = try #require(mean.max())
    #expect(most > 0 && one.map != other.map)
    for (found, expected) in zip(both.map, mean) { #expect(abs(found - expected / most) < 1e-5) }
    func risk(_ said: [String: JSONValue]) throws -> Double {
      guard case .array(let row)? = said["probabilities"], case .number(let risk) = row[1] else {
        throw Problem("no probabilities")
      }
      return risk
    }
    #expect(abs(try risk(both.said) - (try risk(one.said) + risk(other.said)) / 2) < 1e-9)
    #expect(both.said["models"] == 2 && one.said["models"] == 1)
    // A case that is held back by one fold has taught the other.
    let name = try #require(
      try workshop.read("cv/fold1/validation.csv").split(separator: "\n").dropFirst().first)
    let told = try workshop.run("explain", "cv", "--case", String(name.prefix { $0 != "," }), "--sanity")
    #expect(told.status == 0 && told.errors.contains("note: 1 of 2 models were trained on this case"))
    #expect(
      told.output.contains("tiny (2 models)") && told.output.contains("mean of 2 models"), "\(told.output)")
    // Models that see samples of other sizes have no common map.
    _ = try workshop.output(
      "train", "./tiny.json", "--data", "demo", "--epochs", "1", "--batch", "8", "--out", "small", "--size",
      "12", "--folds", "2")
    _ = try workshop.output("ensemble", "cv", "small", "--out", "mixed")
    let mixed = try workshop.run("explain", "mixed", "--case", "candidate2")
    #expect(mixed.status == 1 && mixed.errors.contains("sees other samples than"), "\(mixed.errors)")
  }

  @Test func mistakesAreExplained() throws {
    let workshop = try trained()
    let isTrained = try workshop.read("demo/train_val.csv").contains("candidate2,")
    let (part, other) = isTrained ? ("train_val", "test") : ("test", "train_val")
    for (arguments, status, message) in [
      (["run", "--case", "candidat2"], 1, "there is no case \"candidat2\"; did you mean \"candidate2\"?"),
      (
        ["run", "--case", "candidat2", "--part", "train_val"], 1,
        "there is no case \"candidat2\" in the part train_val; did you mean"
      ),
      (
        ["run", "--case", "candidate2", "--part", other], 1,
        "there is no case \"candidate2\" in the part \(other); it is in the part \(part): --part \(part)"
      ),
      (["run", "--case", "candidate2", "--layer", "stam"], 1, "did you mean \"stem\"? There are: stem,"),
      (["run", "--case", "candidate2", "--class", "2"], 1, "there is no class 2"),
      (["run", "--case", "candidate2", "--method", "occlusion", "--patch", "20"], 1, "--patch"),
      (["nothing", "--case", "candidate2"], 1, "nothing"),
      (["run", "--case", "candidate2", "--patch", "4"], 64, "options of occlusion"),
      (["--weights", "run", "--case", "candidate2"], 64, "--weights needs --data"),
      (["--case", "candidate2"], 64, "Name a run"),
    ] as [([String], Int32, String)] {
      let outcome = try Program.run(["explain"] + arguments, in: workshop.folder)
      #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome.errors)")
      #expect(!workshop.has("explanations"))
    }
  }

  @Test func aSoupIsOfTheDataOfItsMembers() throws {
    let workshop = try trained()
    _ = try workshop.output(
      "train", "./tiny.json", "--data", "demo", "--epochs", "1", "--batch", "8", "--init", "run", "--out",
      "again")
    _ = try workshop.output("ensemble", "run", "again", "--out", "soup", "--method", "soup")
    let told = try workshop.run("explain", "soup", "--case", "candidate2")
    #expect(told.status == 0 && told.errors.contains("data: "), "\(told.errors)")
    for member in ["run", "again"] {
      try FileManager.default.removeItem(at: workshop.folder.appending(path: member))
    }
    let alone = try workshop.run("explain", "soup", "--case", "candidate2")
    #expect(alone.status == 1 && alone.errors.contains("name them: --data DIR"), "\(alone.errors)")
  }
}
