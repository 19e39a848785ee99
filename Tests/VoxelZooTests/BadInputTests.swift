import Foundation
import Testing
import ZooFormats

/// Bad input gives one line that names the file, an exit code other than 0, and nothing half-written.
@Suite struct BadInputTests {
  /// Something wrong with a data set: how it is done to a case's file or the table, and what the line has to name.
  struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let names: String
    let inflict: @Sendable (_ table: URL, _ file: URL) throws -> Void

    init(_ name: String, names: String, _ inflict: @escaping @Sendable (URL, URL) throws -> Void) {
      testDescription = name
      self.names = names
      self.inflict = inflict
    }
  }

  private static func write(_ voxel: NDArray, _ seg: NDArray?, to file: URL) throws {
    let arrays = [("voxel", voxel)] + (seg.map { [("seg", $0)] } ?? [])
    try NPZFile.write(arrays.map { (name: $0.0, array: $0.1) }, to: file.path, compressed: true)
  }

  private static let edge = 20
  private static let shape = [edge, edge, edge]
  private static let mask = NDArray(shape: shape, bool: Array(repeating: true, count: edge * edge * edge))

  private static func rewrite(_ table: URL, _ change: (inout [String]) -> Void) throws {
    var lines = try String(contentsOf: table, encoding: .utf8).split(separator: "\n").map(String.init)
    change(&lines)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: table)
  }

  static let damages = [
    Damage("a case without file", names: "train_val.csv") { try FileManager.default.removeItem(at: $1) },
    Damage("a table that is missing", names: "train_val.csv") { table, _ in
      try FileManager.default.removeItem(at: table)
    },
    Damage("truncated npz", names: "FILE") { _, file in
      let bytes = try Data(contentsOf: file)
      try bytes.prefix(bytes.count / 2).write(to: file)
    },
    Damage("not an npz", names: "FILE") { _, file in try Data("hello".utf8).write(to: file) },
    Damage("empty file", names: "FILE") { _, file in try Data().write(to: file) },
    Damage("a type that is no number", names: "FILE") { _, file in try write(mask, mask, to: file) },
    Damage("a 2D array", names: "FILE") { _, file in
      let flat = NDArray(shape: [edge, edge], uint8: Array(repeating: 1, count: edge * edge))
      try write(flat, mask, to: file)
    },
    Damage("NaN voxels", names: "FILE") { _, file in
      var values = Array(repeating: Float(1), count: edge * edge * edge)
      values[100] = .nan
      try write(NDArray(shape: shape, float: values), mask, to: file)
    },
    Damage("no mask", names: "FILE") { _, file in
      try write(NDArray(shape: shape, uint8: Array(repeating: 1, count: edge * edge * edge)), nil, to: file)
    },
    Damage("a label outside the classes", names: "train_val.csv") { table, _ in
      try rewrite(table) { $0[1] = $0[1].replacing(/,[01],/, with: ",7,") }
    },
    Damage("one class only", names: "train_val.csv") { table, _ in
      try rewrite(table) { lines in
        for row in lines.indices.dropFirst() { lines[row] = lines[row].replacing(/,[01],/, with: ",1,") }
      }
    },
    Damage("a zip bomb", names: "FILE") { _, file in
      // 8 GB of zeros are declared by a header of a few bytes.
      let declared = NDArray(shape: [8], uint8: Array(repeating: 0, count: 8))
      try write(declared, nil, to: file)
      var bytes = try Data(contentsOf: file)
      for signature in [Data([0x50, 0x4B, 1, 2]), Data([0x50, 0x4B, 3, 4])] {
        guard let found = bytes.range(of: signature) else { continue }
        let size = found.lowerBound + (signature[2] == 1 ? 24 : 22)
        bytes.replaceSubrange(size..<size + 4, with: [0, 0, 0, 0xF0])
      }
      try bytes.write(to: file)
    },
  ]

  @Test(arguments: damages) func aDamagedDataSetIsOneLine(damage: Damage) throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "16", "--seed", "5")
    let table = workshop.folder.appending(path: "demo/train_val.csv")
    let row = try workshop.read("demo/train_val.csv").split(separator: "\n")[1]
    let name = "\(row.prefix { $0 != "," }).npz"
    try damage.inflict(table, workshop.folder.appending(path: "demo/train_val/\(name)"))
    let outcome = try workshop.run("train", "./tiny.json", "--data", "demo", "--out", "run", "--epochs", "1")
    #expect(outcome.status == 1)
    #expect(
      outcome.errorLines.count == 1 && outcome.errorLines[0].hasPrefix("voxelzoo: "), "\(outcome.errors)")
    #expect(outcome.errors.contains(damage.names == "FILE" ? name : damage.names), "\(outcome.errors)")
    #expect(outcome.output.isEmpty && !workshop.has("run"))
    let check = try workshop.run("data", "check", "demo")
    #expect(!check.output.contains("nothing wrong"))
    // Findings go to the output; standard error is for what cannot be checked at all.
    #expect(check.output.isEmpty != check.errors.isEmpty, "\(check.output)\(check.errors)")
  }

  @Test(arguments: [
    (["train", "densnet", "--data", "demo", "--out", "new"], "did you mean \"densenet\""),
    (["train", "./none.json", "--data", "demo", "--out", "new"], "none.json"),
    (["train", "./tiny.json", "--data", "nowhere", "--out", "new"], "nowhere"),
    (["train", "./tiny.json", "--data", "demo", "--out", "new", "--fold", "3/2"], "--fold"),
    (["train", "./tiny.json", "--data", "demo", "--out", "new", "--learning-rate=-1"], "--learning-rate"),
    (
      ["train", "./tiny.json", "--data", "demo", "--out", "new", "--optimizer", "adm"],
      "did you mean \"adam\""
    ),
    (["train", "./tiny.json", "--data", "demo", "--out", "demo/train_val.csv/new"], "train_val.csv"),
    (["train", "./tiny.json", "--data", "demo", "--out", "demo"], "demo"),
    (["compare", "./tiny.json", "nothing", "--data", "demo", "--out", "new"], "nothing"),
    (["predict", "--weights", "none.safetensors", "--data", "demo", "--out", "new"], "none.safetensors"),
    (["predict", "--weights", "tiny.json", "--data", "demo", "--out", "new"], "tiny.json"),
    (["predict", "--weights", "demo", "--data", "demo", "--out", "new"], "demo"),
    (["evaluate", "--weights", "none", "--data", "demo"], "none"),
    (["export", "demo", "--out", "new"], "demo"),
    (["data", "demo", "--out", "demo"], "demo"),
    (["data", "demo", "--out", "new", "--count", "3"], "--count"),
    (["data", "lidc", "--out", "new", "--database", "tiny.json"], "tiny.json"),
    (["data", "lidc", "--out", "new"], "scripts/lidc-database"),
    (["data", "check", "tiny.json"], "tiny.json"),
    (["models", "densenet", "--size", "1024"], "densenet.json"),
    (["models", "densenet", "--batch", "0"], "--batch"),
  ]) func aWrongCallIsOneLine(arguments: [String], named: String) throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "16")
    let before = try workshop.entries()
    let outcome = try Program.run(arguments, in: workshop.folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.errorLines.count == 1 && outcome.errorLines[0].hasPrefix("voxelzoo: "), "\(outcome.errors)")
    #expect(outcome.errors.contains(named), "\(outcome.errors)")
    #expect(try outcome.output.isEmpty && workshop.entries() == before)
  }

  @Test func weightsOfAnotherArchitectureAndAFullDiskAreRefused() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "16")
    _ = try workshop.output("train", "./tiny.json", "--data", "demo", "--out", "run", "--epochs", "1")
    // The same tensors without metadata: a file that does not say what it is for.
    let file = try SafetensorsFile(reading: workshop.folder.appending(path: "run/best.safetensors").path)
    let tensors = try file.tensors().sorted { $0.key < $1.key }.map { (name: $0.key, array: $0.value) }
    let plain = workshop.folder.appending(path: "plain.safetensors").path
    try SafetensorsFile.write(tensors: tensors, metadata: [:], to: plain)
    func predict(_ arguments: String...) throws -> Program.Outcome {
      try Program.run(
        ["predict", "--weights", "plain.safetensors", "--data", "demo", "--out", "p.csv"] + arguments,
        in: workshop.folder)
    }
    let unnamed = try predict()
    #expect(unnamed.status == 1 && unnamed.errors.contains("--model"), "\(unnamed.errors)")
    let other = try predict("--model", "shallow_cnn")
    #expect(other.status == 1 && other.errorLines.count == 1 && other.errors.contains("plain.safetensors"))
    #expect(!workshop.has("p.csv"))
    #expect(try predict("--model", "./tiny.json").status == 0)

    let full = try workshop.run("predict", "--weights", "run", "--data", "demo", "--out", "/dev/full")
    #expect(full.status == 1 && full.errorLines.count == 1)
    #expect(full.errors.contains("/dev/full: no space left"), "\(full.errors)")
  }

  @Test func usageErrorsKeepTheirCode() throws {
    let workshop = try Workshop()
    #expect(try workshop.run("models", "--sise", "3").status == 64)
    #expect(try workshop.run("train").status == 64)
    let kernels = try workshop.run("compare", "densenet", "--data", "d", "--out", "o", "--kernels", "onedn")
    #expect(
      kernels.status == 64 && kernels.errors.contains("--kernels") && kernels.errors.contains("'onednn'"))
  }
}
