import Foundation
import Testing
import ZooCore

/// The method's road from data to a submission, on its commands and on the script that calls them.
@Suite struct MethodTests {
  /// Runs scripts/m3dv in a workshop, with its tiny model.
  private func method(_ workshop: Workshop) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = Program.package.appending(path: "scripts/m3dv")
    process.arguments = ["demo", "out"]
    process.currentDirectoryURL = workshop.folder
    process.environment = ProcessInfo.processInfo.environment.merging([
      "MODEL": "./tiny.json", "EPOCHS": "1", "FOLDS": "2", "BATCH": "8", "THRESHOLD": "0.5",
      "VOXELZOO": try Program.executable().path,
    ]) { $1 }
    let log = workshop.folder.appending(path: "log")
    try Data().write(to: log)
    let file = try FileHandle(forWritingTo: log)
    process.standardOutput = file
    process.standardError = file
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try workshop.read("log"))
  }

  @Test func theScriptGoesFromDataToASubmissionAndDoesNothingTwice() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "40", "--seed", "3")
    let first = try method(workshop)
    #expect(first.status == 0, "\(first.text)")
    func ids(_ file: String) throws -> [Substring] {
      try workshop.read(file).split(separator: "\n").map { $0.prefix { $0 != "," } }
    }
    #expect(try ids("out/submission.csv") == ids("demo/sampleSubmission.csv"))
    for step in ["base", "augmented", "taught", "ensemble"] {
      #expect(try workshop.read("out/\(step).txt").contains("held back "))
    }
    #expect(first.text.contains("epoch 1/1") && first.text.contains("with pseudo labels too"))
    // Half of it is taken away: the rest is not trained again.
    try FileManager.default.removeItem(at: workshop.folder.appending(path: "out/taught/folds.json"))
    try FileManager.default.removeItem(at: workshop.folder.appending(path: "out/taught/fold2"))
    let submission = try workshop.read("out/submission.csv")
    let second = try method(workshop)
    #expect(second.status == 0, "\(second.text)")
    #expect(second.text.components(separatedBy: "epoch 1/1").count == 2)
    #expect(try workshop.read("out/submission.csv") == submission)
  }

  @Test func whatLeaksIsRefused() throws {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    _ = try workshop.output("data", "demo", "--out", "demo", "--count", "40", "--seed", "3")
    let training = ["train", "./tiny.json", "--data", "demo", "--epochs", "1", "--batch", "8"]
    let folds = try Program.run(training + ["--folds", "2", "--out", "cv"], in: workshop.folder)
    #expect(folds.status == 0 && folds.output.contains("out-of-fold AUC"), "\(folds.errors)")
    _ = try workshop.output(
      "pseudo-label", "--weights", "cv", "--data", "demo", "--out", "all.csv", "--threshold", "0")
    let leaking = try Program.run(
      training + ["--folds", "2", "--pseudo", "all.csv", "--out", "taught"], in: workshop.folder)
    #expect(leaking.status == 1 && !workshop.has("taught/fold1"))
    #expect(
      leaking.errorLines.last?.contains("know this run's validation cases") == true, "\(leaking.errors)")
    let soup = try workshop.run("ensemble", "cv/fold1", "cv/fold2", "--out", "soup", "--method", "soup")
    #expect(
      soup.status == 1 && soup.errorLines.last?.contains("judged other cases") == true, "\(soup.errors)")
    #expect(
      try workshop.run("train", "./tiny.json", "--data", "demo", "--out", "x", "--seeds", "2").status == 64)
  }
}
