import Foundation
import Testing
import ZooCore

/// What `voxelzoo compare` counts, prints and keeps.
@Suite struct CompareCommandTests {
  /// A workshop with data that have a column `site`, and a run.
  private func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    try workshop.addSitedData()
    _ = try workshop.output(
      ["train", "./tiny.json", "--out", "run", "--data", "demo", "--epochs", "1", "--batch", "8"])
    return workshop
  }

  private func looks(_ workshop: Workshop, _ folder: String) throws -> Int {
    guard workshop.has("\(folder)/test_looks.json") else { return 0 }
    return try workshop.read("\(folder)/test_looks.json").components(separatedBy: "\"time\"").count - 1
  }

  @Test func everyRunCountsItsLooksAtTheTestPart() throws {
    let workshop = try workshop()
    func compare(_ out: String, _ more: String...) throws -> Program.Outcome {
      try Program.run(
        ["compare", "run", "--data", "demo", "--out", out, "--final"] + more, in: workshop.folder)
    }
    // Without labels nothing is looked at, so nothing counts.
    let labels = try workshop.read("demo/test_labels.csv")
    try FileManager.default.removeItem(at: workshop.folder.appending(path: "demo/test_labels.csv"))
    let refused = try compare("first")
    #expect(refused.status != 0 && refused.errors.contains("test_labels.csv"))
    #expect(try looks(workshop, "run") == 0 && looks(workshop, "first") == 0)
    try workshop.write(labels, to: "demo/test_labels.csv")

    // A look that fails does not count, and what was compared before it is printed.
    let names = try workshop.entries("demo/test")
    let volume = workshop.folder.appending(path: "demo/test/\(names[0])")
    let aside = workshop.folder.appending(path: "aside.npz")
    try FileManager.default.moveItem(at: volume, to: aside)
    let failed = try compare("first")
    #expect(failed.status != 0 && failed.output.contains("validation AUC"), "\(failed.errors)")
    #expect(try looks(workshop, "run") == 0 && looks(workshop, "first") == 0)
    try FileManager.default.moveItem(at: aside, to: volume)

    #expect(try compare("first").errors.contains("look 1 at the test part"))
    let second = try compare("second", "--quiet")
    #expect(second.status == 0 && second.errors.contains("warning: look 2 at the test part"))
    #expect(try looks(workshop, "run") == 2 && looks(workshop, "second") == 1)
    let third = try workshop.run("evaluate", "--weights", "run", "--data", "demo", "--quiet")
    #expect(third.status == 0 && third.errors.contains("warning: look 3 at the test part"))
    let training = try workshop.run("evaluate", "--weights", "run", "--data", "demo", "--part", "train_val")
    #expect(training.status == 0 && !training.errors.contains("look"))
    #expect(try looks(workshop, "run") == 3)
  }

  @Test func whatIsPrintedIsWhatIsKept() throws {
    let workshop = try workshop()
    let words = ["compare", "run", "--data", "demo", "--out", "out", "--by", "site", "--final", "--quiet"]
    let printed = try JSONValue(parsing: workshop.output(words + ["--json"]).utf8, from: "output")
    guard case .object(var values) = printed else { throw Problem("no object") }
    let test = values.removeValue(forKey: "test")
    func kept(_ folder: String) throws -> JSONValue {
      try JSONValue(parsing: workshop.read("\(folder)/comparison.json").utf8, from: folder)
    }
    #expect(try JSONValue.object(values) == kept("out") && test == kept("out/test"))

    let lines = try workshop.output(words + ["--csv"]).split(separator: "\n")
    let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(lines.count { $0.hasPrefix("model,") } == 1 && cells[0].suffix(2) == ["part", "subgroup"])
    let rows = ["run", "shape", "volume"]
    #expect(cells.dropFirst().map { $0[0] } == rows + rows + rows + rows)
    let parts = Array(repeating: "train_val", count: 9) + Array(repeating: "test", count: 3)
    #expect(cells.dropFirst().map { $0[$0.count - 2] } == parts)
    #expect(
      cells.dropFirst().map { $0[$0.count - 1] }
        == ["", "", ""] + rows.map { _ in "site: north" } + rows.map { _ in "site: south" } + ["", "", ""])
    let folder = try workshop.read("out/comparison.csv").split(separator: "\n")
    #expect(Array(folder) == Array(lines.prefix(10)))
  }

  @Test func theTestPartIsDividedWhereItsTableSaysHow() throws {
    let workshop = try workshop()
    let words = ["compare", "run", "--data", "demo", "--out", "out", "--by", "site", "--final", "--csv"]
    let whole = try Program.run(words, in: workshop.folder)
    #expect(whole.errors.contains("the table of the test part has no column \"site\""))
    let labels = try workshop.read("demo/test_labels.csv").split(separator: "\n")
    let table = labels.enumerated().map { "\($1),\($0 == 0 ? "site" : $0 < 4 ? "east" : "west")" }
    try workshop.write(table.joined(separator: "\n") + "\n", to: "demo/test_labels.csv")
    let divided = try Program.run(words, in: workshop.folder)
    #expect(!divided.errors.contains("no column"))
    let rows = divided.output.split(separator: "\n").filter { $0.contains(",test,") }
    #expect(rows.map { $0.hasSuffix("site: east") } == (0..<9).map { (3..<6).contains($0) })
    #expect(rows.map { $0.hasSuffix("site: west") } == (0..<9).map { $0 >= 6 })
  }
}
