import Foundation
import Testing
import ZooCore

/// `voxelzoo report` on what other commands have written, and the commands that it prints.
@Suite struct ReportCommandTests {
  /// A workshop with data that have a column `site`, and a tiny network.
  private func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    try workshop.addSitedData()
    return workshop
  }

  private static let training = ["--data", "demo", "--epochs", "1", "--batch", "8"]

  /// The page's commands, as they are copied from it.
  private func commands(_ page: String) throws -> String {
    let begin = try #require(page.range(of: "<pre class=\"commands\""))
    let code = try #require(page[begin.upperBound...].firstRange(of: "<code>"))
    let end = try #require(page[code.upperBound...].firstRange(of: "</code>"))
    return ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&amp;": "&"]
      .sorted { $0.key > $1.key }
      .reduce(String(page[code.upperBound..<end.lowerBound])) { $0.replacing($1.key, with: $1.value) }
  }

  /// Runs commands in a shell that finds the program; what they wrote.
  private func shell(_ text: String, in workshop: Workshop) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-e", "-c", text]
    process.currentDirectoryURL = workshop.folder
    let programs = try Program.executable().deletingLastPathComponent().path
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PATH": "\(programs):/usr/bin:/bin"]
    ) { $1 }
    let log = workshop.folder.appending(path: "log")
    try Data().write(to: log)
    let file = try FileHandle(forWritingTo: log)
    (process.standardOutput, process.standardError) = (file, file)
    try process.run()
    process.waitUntilExit()
    let written = try workshop.read("log")
    #expect(process.terminationStatus == 0, "\(written)")
    return written
  }

  /// Everything that decides a run's result.
  private func configuration(_ workshop: Workshop, _ run: String) throws -> [String: JSONValue] {
    guard
      case .object(var values) = try JSONValue(
        parsing: workshop.read("\(run)/config.json").utf8, from: "config.json"),
      case .object(var options)? = values["options"]
    else { throw Problem("no configuration") }
    options["threads"] = nil
    values["options"] = .object(options)
    return values
  }

  @Test func aRunIsToldAndItsCommandMakesItAgain() throws {
    let workshop = try workshop()
    let split = ["--split-seed", "3", "--validation-share", "0.3"]
    _ = try workshop.output(["train", "./tiny.json", "--out", "base"] + Self.training + split)
    try workshop.write("[{\"type\": \"shift\", \"voxels\": 1}]", to: "mine.json")
    let options = [
      "--out", "my run's", "--size", "12", "--mask", "channel", "--window", "0,200", "--steps", "3",
      "--balanced", "--optimizer", "adamw", "--optimizer-options", "{\"beta1\": 0.8}", "--weight-decay",
      "0.02",
      "--schedule", "step", "--schedule-options", "{\"every\": 2}", "--warmup-epochs", "0.5", "--loss",
      "cross_entropy", "--label-smoothing", "0.1", "--class-weights", "1,2.5", "--learning-rate", "0.002",
      "--l2",
      "1e-05", "--seed", "5", "--patience", "4", "--target-auc", "0.9999", "--calibration-batches", "2",
      "--clip-norm", "1.5", "--accumulate", "2", "--freeze", "stem*,batch_n*", "--average", "last:2",
      "--kernels",
      "onednn", "--allow-duplicates", "--augmentation", "mine.json", "--no-tensorboard",
    ]
    _ = try workshop.output(["train", "./tiny.json"] + Self.training + split + options)
    let outcome = try workshop.run("report", "my run's", "--out", "report.html", "--json")
    guard case .object(let said) = try JSONValue(parsing: outcome.output.utf8, from: "output"),
      case .array(let summary)? = said["summary"], case .string(let first)? = summary.first
    else { throw Problem("no summary: \(outcome.errors)") }
    #expect(first.hasPrefix("my run's has the validation AUC 0."))
    let page = try workshop.read("report.html")
    for part in ["average precision", "calibration error ↓", "Hardest cases", "Loss by epoch", "adamw"] {
      #expect(page.contains(part), "\(part)")
    }
    let commands = try commands(page)
    _ = try shell(commands.replacing("'my run'\\''s'", with: "again"), in: workshop)
    #expect(try configuration(workshop, "again") == configuration(workshop, "my run's"))
    #expect(try workshop.read("again/validation.csv") == workshop.read("my run's/validation.csv"))

    // What starts from other weights, in the zoo's own words.
    _ = try workshop.output(
      [
        "train", "./tiny.json", "--out", "tuned", "--init", "base", "--augment", "--ema", "0.9",
        "--precision", "f32",
      ]
        + Self.training + split)
    _ = try workshop.output("report", "tuned", "--out", "tuned.html", "--models", ".")
    let words = try self.commands(workshop.read("tuned.html"))
    #expect(
      words.hasPrefix(
        "# base has to be there: voxelzoo report base says how it was made\n"
          + "voxelzoo train tiny --data demo --out tuned --models . "), "\(words)")
    #expect(words.contains("--augmentation standard"))
    _ = try shell(words.replacing("--out tuned ", with: "--out retuned "), in: workshop)
    #expect(try configuration(workshop, "retuned") == configuration(workshop, "tuned"))

    _ = try workshop.output("ensemble", "base", "tuned", "--out", "both", "--method", "logits", "--tta", "8")
    let told = try workshop.run("report", "base", "both", "--out", "both.html", "--models", ".")
    #expect(told.status == 0, "\(told.errors)")
    let lines = try self.commands(workshop.read("both.html")).split(separator: "\n").map(String.init)
    // Each training once, and what was made of them.
    #expect(
      lines.map { $0.split(separator: " ")[1] } == ["train", "train", "ensemble", "report"], "\(lines)")
    _ = try shell(lines[2].replacing("--out both", with: "--out again"), in: workshop)
    #expect(try workshop.read("again/predictions.csv") == workshop.read("both/predictions.csv"))
  }

  @Test func aComparisonAndItsLookAtTheTestPartAreTold() throws {
    let workshop = try workshop()
    let table = try workshop.read("demo/train_val.csv").split(separator: "\n").dropFirst().map { row in
      "\(row.prefix { $0 != "," }),0.\(row.utf8.reduce(0) { ($0 * 31 + Int($1)) % 90 } + 10)"
    }
    try workshop.write("name,predicted\n" + table.joined(separator: "\n") + "\n", to: "other.csv")
    _ = try workshop.output(
      ["train", "./tiny.json", "--out", "cv", "--folds", "2", "--seed", "4", "--split-seed", "0"]
        + Self.training)
    let words =
      ["compare", "./tiny.json", "cv", "other.csv", "--out", "compared", "--folds", "2", "--seeds", "2"]
      + ["--by", "site", "--final"] + Self.training
    _ = try workshop.output(words)
    let told = try workshop.run("report", "compared", "--out", "report.html")
    #expect(told.status == 0 && told.output.contains("highest out-of-fold AUC"), "\(told.errors)")
    let page = try workshop.read("report.html")
    for part in [
      "Cases by site", "south", "How much one training varies", "by seed", "all folds", "Hardest cases",
    ] {
      #expect(page.contains(part), "\(part)")
    }
    // Finished runs are refused if an option of the command were another.
    let commands = try commands(page)
    func predictions() throws -> [String] {
      try workshop.entries("compared/predictions").map { try workshop.read("compared/predictions/\($0)") }
    }
    #expect(commands.contains("# cv has to be there: voxelzoo report cv says how it was made\n"))
    let before = try predictions()
    let log = try shell(commands, in: workshop)
    #expect(!log.contains("epoch 1/1") && log.contains("written to report.html"), "\(log)")
    #expect(try predictions() == before)

    let looked = try workshop.run("report", "compared/test", "--out", "test.html")
    #expect(looked.status == 0 && looked.output.contains("highest test AUC"), "\(looked.errors)")
    #expect(!looked.output.contains("Each training kept"))
    let test = try workshop.read("test.html")
    for part in ["Hardest cases", "mean of 4 models", "Loss by epoch", "<bdi>test</bdi>"] {
      #expect(test.contains(part), "\(part)")
    }
    #expect(!test.contains("How much one training varies"))
    _ = try shell(try self.commands(test), in: workshop)
    #expect(try workshop.read("compared/test_looks.json").components(separatedBy: "\"time\"").count == 3)
    #expect(try workshop.read("test.html").contains("the test part was looked at 2 times"))

    // Somebody has put another volume in a case's place since.
    let note = "some learned from other data than demo, or from what they were before they changed"
    #expect(!told.errors.contains(note))
    let volumes = try workshop.entries("demo/train_val").sorted().map {
      workshop.folder.appending(path: "demo/train_val/\($0)")
    }
    try FileManager.default.removeItem(at: volumes[0])
    try FileManager.default.copyItem(at: volumes[1], to: volumes[0])
    let later = try workshop.run("report", "compared", "--out", "later.html")
    #expect(later.status == 0 && later.errors.contains(note), "\(later.errors)")
    #expect(try workshop.read("later.html").contains(note))

    // Without its labels the test part is still told of, but for pictures; data that are named have to be right.
    try FileManager.default.removeItem(at: workshop.folder.appending(path: "demo/test_labels.csv"))
    let unlabelled = try workshop.run("report", "compared/test", "--out", "unlabelled.html")
    #expect(unlabelled.status == 0 && unlabelled.errors.contains("no case is shown"), "\(unlabelled.errors)")
    #expect(try workshop.read("unlabelled.html").contains("highest test AUC"))
    let named = try workshop.run("report", "compared/test", "--data", "demo", "--out", "named.html")
    #expect(named.status == 1 && named.errorLines.count == 1, "\(named.errors)")
  }

  @Test func anEnsembleIsToldWithItsMembersAndItsCaution() throws {
    let workshop = try workshop()
    for (name, seed) in [("first", "1"), ("second", "2")] {
      _ = try workshop.output(
        ["train", "./tiny.json", "--out", name, "--folds", "2", "--seed", seed, "--split-seed", "0"]
          + Self.training)
    }
    _ = try workshop.output("ensemble", "first", "second", "--out", "chosen", "--method", "greedy")
    func report() throws -> Program.Outcome {
      try workshop.run("report", "chosen", "first", "--out", "report.html")
    }
    let told = try report()
    #expect(told.status == 0, "\(told.errors)")
    let caution = "chosen: the members were chosen by these cases, which flatters the ensemble"
    let page = try workshop.read("report.html")
    #expect(told.output.contains(caution) && page.contains(caution))
    // What flatters is said once in each.
    #expect(told.output.components(separatedBy: "flatters its figures a little").count <= 2)
    #expect(page.components(separatedBy: "flatters its figures a little").count <= 2)
    // Fitting the baselines takes another time each time.
    #expect(try report().status == 0)
    #expect(try workshop.read("report.html") == page)

    _ = try workshop.output("report", "chosen", "--out", "alone.html")
    let alone = try workshop.read("alone.html")
    for part in [
      "Hardest cases", "Loss by epoch", "Configuration of chosen, first, fold 1",
      "Configuration of chosen, second, fold 1", "chosen has the out-of-fold AUC",
      "largest outline of the mask, in white", "most probable: class",
    ] { #expect(alone.contains(part), "\(part)") }
    // In a comparison it stands beside what it is made of, and what it is made of is known there too.
    let compared = try workshop.run(
      "compare", "chosen", "first", "--data", "demo", "--out", "compared", "--final")
    #expect(compared.status == 0 && compared.errors.contains("note: \(caution)"), "\(compared.errors)")
    let judged = try workshop.run("predict", "--weights", "chosen", "--data", "demo", "--out", "chosen.csv")
    #expect(judged.status == 0)
    func column(_ table: String) throws -> [String] {
      try workshop.read(table).split(separator: "\n").map { String($0.split(separator: ",").last ?? "") }
    }
    #expect(try column("compared/predictions/chosen.csv") == column("chosen/predictions.csv"))
    #expect(try column("compared/test/predictions/chosen.csv") == column("chosen.csv"))
    _ = try workshop.output("report", "compared", "--out", "compared.html")
    let beside = try workshop.read("compared.html")
    #expect(beside.contains(caution) && beside.contains("Configuration of chosen, first, fold 1"))
    let commands = try self.commands(beside)
    #expect(commands.hasPrefix("# chosen has to be there: voxelzoo report chosen says how it was made\n"))
    let log = try shell(commands, in: workshop)
    #expect(log.contains("written to compared.html"), "\(log)")
    // Two single runs and their mean: its cases are validation cases too.
    _ = try workshop.output(
      "ensemble", "first/fold1", "second/fold1", "--out", "soup", "--method", "soup")
    let soup = try workshop.output("report", "soup", "--out", "soup.html")
    #expect(soup.contains("soup has the validation AUC"))
    #expect(try workshop.read("soup.html").contains("Hardest cases"))
  }

  @Test func notesAreSaidToPeopleAndToPrograms() throws {
    let workshop = try workshop()
    _ = try workshop.output(["train", "./tiny.json", "--out", "one"] + Self.training)
    let told = try workshop.run("report", "one", "--out", "report.html", "--data", "nosuch")
    #expect(told.status == 0)
    #expect(told.errorLines.contains { $0.hasPrefix("note: the data are not to be found") }, "\(told.errors)")
    let json = try workshop.run("report", "one", "--out", "report.html", "--data", "nosuch", "--json")
    guard case .object(let said) = try JSONValue(parsing: json.output.utf8, from: "output"),
      case .array(let notes)? = said["notes"], case .string(let first)? = notes.first
    else { throw Problem("no notes: \(json.output)") }
    #expect(notes.count == 1 && first.hasPrefix("the data are not to be found"))
    #expect(json.errors.isEmpty, "\(json.errors)")
  }

  @Test func whatIsNotFinishedSaysHowToGoOn() throws {
    let workshop = try workshop()
    _ = try workshop.output(["compare", "./tiny.json", "--out", "compared", "--folds", "2"] + Self.training)
    for file in try workshop.entries("compared") where file.hasPrefix("comparison") {
      try FileManager.default.removeItem(at: workshop.folder.appending(path: "compared/\(file)"))
    }
    let comparison = try workshop.run("report", "compared", "--out", "report.html")
    #expect(comparison.status == 1 && comparison.errorLines.count == 1)
    #expect(comparison.errors.contains("found tiny, but neither comparison.json nor folds.json"))
    #expect(comparison.errors.contains("the command that began it goes on where it stopped"))
    // A run with a checkpoint goes on; one without begins anew.
    let run = "compared/tiny/fold1"
    try FileManager.default.removeItem(at: workshop.folder.appending(path: "\(run)/result.json"))
    #expect(try workshop.run("report", run, "--out", "r.html").errors.contains("train it again"))
    try workshop.write("", to: "\(run)/checkpoint.safetensors")
    #expect(
      try workshop.run("report", run, "--out", "r.html").errors.contains("goes on where it stopped"))
    #expect(
      try workshop.run("report", "nothing", "--out", "r.html").errors.contains("no such file or folder"))
  }

  @Test func whatCannotBeReportedIsSaidInOneLine() throws {
    let workshop = try workshop()
    _ = try workshop.output(
      ["compare", "./tiny.json", "--out", "compared", "--by", "site", "--final"] + Self.training)
    try FileManager.default.createDirectory(
      at: workshop.folder.appending(path: "folder"), withIntermediateDirectories: true)
    try workshop.write("{}", to: "folder/comparison.json")
    let json = try workshop.read("compared/comparison.json")
    func damaged(_ from: String, _ to: String) throws {
      #expect(json.contains(from))
      try workshop.write(json.replacing(from, with: to), to: "compared/comparison.json")
    }
    func report(_ folder: String, says text: String, sourceLocation: SourceLocation = #_sourceLocation) throws
    {
      let outcome = try workshop.run("report", folder, "--out", "report.html")
      #expect(
        outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome)", sourceLocation: sourceLocation)
      #expect(outcome.errors.contains(text), "\(outcome.errors)", sourceLocation: sourceLocation)
      #expect(!workshop.has("report.html"), sourceLocation: sourceLocation)
    }
    try report("nothing", says: "nothing")
    try report("demo", says: "demo")
    try report("tiny.json", says: "tiny.json")
    try report("folder", says: "folder/comparison.json")
    try damaged("\"contenders\" : [", "\"contenders\" : ")
    try report("compared", says: "compared/comparison.json")
    try damaged("\"column\" : \"site\"", "\"column\" : 3")
    try report("compared", says: "subgroups.column")
    try damaged("\"part\" : \"train_val\"", "\"part\" : \"tset\"")
    try report("compared", says: "did you mean \"test\"")
    try damaged("\"classes\" : 2", "\"classes\" : 3")
    try report("compared", says: "predictions")
    try workshop.write(json, to: "compared/comparison.json")
    let table = try workshop.read("compared/predictions/shape.csv")
    try workshop.write(
      table.split(separator: "\n").dropLast().joined(separator: "\n") + "\n",
      to: "compared/predictions/shape.csv")
    try report("compared", says: "shape: judged other cases")
    try workshop.write(String(table.prefix(40)), to: "compared/predictions/shape.csv")
    try report("compared", says: "predictions/shape.csv")
  }

  @Test func aTableHasNoModelToShowCasesBy() throws {
    let workshop = try workshop()
    // A table that is right about every case is the best.
    let table = try workshop.read("demo/train_val.csv").split(separator: "\n").dropFirst().map { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return "\(cells[0]),\(cells[1] == "1" ? 0.9 : 0.1)"
    }
    try workshop.write("name,predicted\n" + table.joined(separator: "\n") + "\n", to: "other.csv")
    _ = try workshop.output(["compare", "./tiny.json", "other.csv", "--out", "compared"] + Self.training)
    let told = try workshop.run("report", "compared", "--out", "report.html")
    let note = "no case is shown: other is a table of another program, and no model of it is here"
    #expect(told.status == 0 && told.errorLines.contains("note: \(note)"), "\(told)")
    let page = try workshop.read("report.html")
    #expect(page.contains(note) && !page.contains("Hardest cases"))
  }

  @Test func aTitleHasWords() throws {
    let workshop = try workshop()
    _ = try workshop.output(["train", "./tiny.json", "--out", "one"] + Self.training)
    for title in ["", " \n "] {
      let told = try workshop.run("report", "one", "--out", "report.html", "--title", title)
      #expect(told.status == 1 && !workshop.has("report.html"))
      #expect(
        told.errors.contains("--title: there is nothing in it: expected words to stand above the report"),
        "\(told.errors)")
    }
  }
}
