import Foundation
import Testing
import ZooCore

/// Submissions: written only if they are right, and scored.
@Suite struct SubmissionTests {
  private static let truth = "name,label\na,0\nb,1\nc,0\nd,1\ne,1\n"

  private func object(_ text: String) throws -> [String: JSONValue] {
    guard case .object(let values) = try JSONValue(parsing: text.utf8, from: "output") else { return [:] }
    return values
  }

  @Test func aSubmissionIsScoredInAnyOrder() throws {
    let workshop = try Workshop()
    try workshop.write(Self.truth, to: "labels.csv")
    try workshop.write("name,predicted\ne,0.9\nd,0.4\nc,0.5\nb,0.8\na,0.1\n", to: "s.csv")
    let values = try object(try workshop.output("score", "s.csv", "--labels", "labels.csv", "--json"))
    // Of the six pairs of a positive and a negative, d and c alone are the wrong way round.
    #expect(values["auc"] == .number(5.0 / 6) && values["cases"] == 5 && values["positives"] == 3)
    guard case .number(let low) = values["auc_low"], case .number(let high) = values["auc_high"] else {
      Issue.record("\(values)")
      return
    }
    #expect(low > 0 && low < 5.0 / 6 && high > 5.0 / 6 && high <= 1)
    #expect(try workshop.output("score", "s.csv", "--labels", "labels.csv").contains("0.8333"))

    try workshop.write("name,label\na,0\nb,1\nc,2\n", to: "three.csv")
    try workshop.write(
      "name,predicted_0,predicted_1,predicted_2\na,0.8,0.1,0.1\nb,0.2,0.6,0.2\nc,0,0,1\n", to: "t.csv")
    let three = try object(try workshop.output("score", "t.csv", "--labels", "three.csv", "--json"))
    #expect(three["auc"] == 1 && three["auc_low"] == .null && three["class_counts"] == [1, 1, 1], "\(three)")
  }

  @Test(arguments: [
    ("name,predicted\na,0.1\nb,0.8\nc,0.5\nd,0.4\n", "s.csv: case \"e\" is missing"),
    ("name,predicted\na,0.1\nb,0.8\nc,0.5\nd,0.4\ne,1\nf,1\n", "s.csv:7: case \"f\" is not asked for"),
    ("name,predicted\na,0.1\nb,0.8\nc,0.5\nd,0.4\na,1\n", "s.csv:6: case \"a\" stands twice"),
    ("name,predicted\na,0.1\nb,nan\nc,0.5\nd,0.4\ne,1\n", "s.csv:3: wrong probability"),
    ("name,predicted\na,0.1\nb,0.5\nc,-1e-9\nd,0.4\ne,1\n", "s.csv:4: wrong probability"),
    ("name,predicted\na,0.1\nb,0.5\nc,x\nd,0.4\ne,1\n", "s.csv:4: wrong probability"),
    ("name,score\na,0.1\nb,0.5\nc,0\nd,0.4\ne,1\n", "s.csv: has no column \"predicted\""),
    ("name,predicted_0\na,0.1\nb,0.5\nc,0\nd,0.4\ne,1\n", "s.csv: one class only"),
  ]) func aWrongSubmissionIsOneLine(text: String, says: String) throws {
    let workshop = try Workshop()
    try workshop.write(Self.truth, to: "labels.csv")
    try workshop.write(text, to: "s.csv")
    let outcome = try workshop.run("score", "s.csv", "--labels", "labels.csv")
    #expect(outcome.status == 1 && outcome.errorLines.count == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test func casesWithoutFilesAreLeftOutOnlyWhereAsked() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "24", "--seed", "3")
    _ = try workshop.output("train", "./tiny.json", "--data", "demo", "--out", "run", "--epochs", "1")
    let rows = try workshop.read("demo/sampleSubmission.csv").split(separator: "\n").dropFirst()
    let ids = rows.map { String($0.prefix { $0 != "," }) }
    for id in [ids[0], ids[2]] {
      try FileManager.default.removeItem(at: workshop.folder.appending(path: "demo/test/\(id).npz"))
    }
    let refused = try workshop.run("predict", "--weights", "run", "--data", "demo", "--out", "p.csv")
    #expect(refused.status == 1 && refused.errors.contains("--skip-missing") && !workshop.has("p.csv"))
    let skipped = try workshop.run(
      "predict", "--weights", "run", "--data", "demo", "--out", "p.csv", "--skip-missing", "--json")
    #expect(skipped.status == 0)
    #expect(
      skipped.errors.contains(
        "warning: 2 of \(ids.count) cases have no file and are left out: \(ids[0]), \(ids[2])\n"),
      "\(skipped.errors)")
    #expect(try object(skipped.output)["skipped"] == [.string(ids[0]), .string(ids[2])])
    let written = try workshop.read("p.csv").split(separator: "\n").dropFirst().map {
      String($0.prefix { $0 != "," })
    }
    #expect(written == ids.indices.filter { $0 != 0 && $0 != 2 }.map { ids[$0] })
    // Nothing is left.
    for id in written {
      try FileManager.default.removeItem(at: workshop.folder.appending(path: "demo/test/\(id).npz"))
    }
    let none = try workshop.run(
      "predict", "--weights", "run", "--data", "demo", "--out", "q.csv", "--skip-missing")
    #expect(none.status == 1 && none.errors.contains("has no file") && !workshop.has("q.csv"))
  }
}
