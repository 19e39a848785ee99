import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooStatistics
import ZooTestSupport
import ZooTraining

@Test func aColumnDividesTheCases() throws {
  try withFolder { path in
    let data = try Blobs(count: 36).write(to: "\(path)/data")
    let table = try CSVTable(reading: "\(path)/data/train_val.csv")
    let rows = table.rows.enumerated().map { $1 + ["\($0)", $0 % 3 == 0 ? "" : $0 % 3 == 1 ? "a" : "b"] }
    let text = ([table.header + ["age", "scanner"]] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    try Files.writeAtomically(text, to: "\(path)/data/train_val.csv")
    var options = quickOptions()
    options.epochs = 1
    let comparison = Comparison(
      data: data, out: "\(path)/out", options: options, plan: try FoldPlan(folds: 2),
      registries: try builtIn())
    let result = try comparison.run([.architecture(try tinyNetwork("one"))]) { _, _ in }
    func parts(_ column: String, _ data: any DataSource) throws -> [Subgroup] {
      try result.subgroups(result.division(by: column, of: data), of: data)
    }
    let ages = try parts("age", data)
    #expect(ages.map(\.cases) == [12, 12, 12] && ages.map(\.name) == ["≤ 11.0", "11.0 – 23.0", "> 23.0"])
    let scanners = try parts("scanner", data)
    #expect(scanners.map(\.name) == ["a", "b", "none"] && scanners.map(\.cases) == [12, 12, 12])
    #expect(scanners.allSatisfy { $0.evaluations.count == 3 && $0.evaluations.allSatisfy { $0.cases == 12 } })
    // Other cases are divided at the same values.
    let division = try result.division(by: "age", of: data)
    let older = table.rows.enumerated().map { $1 + ["\(2 * $0)"] }
    try Files.writeAtomically(
      ([table.header + ["age"]] + older).map { $0.joined(separator: ",") + "\n" }.joined(),
      to: "\(path)/data/train_val.csv")
    let others = try result.subgroups(division, of: M3DVFolder("\(path)/data"))
    #expect(others.map(\.cases) == [6, 6, 24] && others.map(\.name) == ages.map(\.name))
    // Half of the cases have the least value, one a number that is none: nobody is lost.
    let ties = rows.enumerated().map { $1 + [$0 == 0 ? "nan" : $0 < 20 ? "1" : "\($0)"] }
    try Files.writeAtomically(
      ([table.header + ["age", "scanner", "size"]] + ties).map { $0.joined(separator: ",") + "\n" }.joined(),
      to: "\(path)/data/train_val.csv")
    let sizes = try parts("size", M3DVFolder("\(path)/data"))
    #expect(sizes.map(\.name) == ["≤ 1.0", "1.0 – 23.0", "> 23.0", "none"])
    #expect(sizes.map(\.cases) == [19, 4, 12, 1])
    expectProblem("has no column \"sex\"", "age, scanner") { try parts("sex", data) }
    // A few numbers are in their order, blanks around a text do not count, and a text may be "none".
    let odd = rows.enumerated().map { index, row in
      row + [["9", "10", "100"][index % 3], ["CT", " CT", "none", ""][index % 4], "\(row[0])x"]
    }
    try Files.writeAtomically(
      ([table.header + ["age", "scanner", "kv", "kind", "id"]] + odd).map { $0.joined(separator: ",") + "\n" }
        .joined(), to: "\(path)/data/train_val.csv")
    let again = try M3DVFolder("\(path)/data")
    #expect(try parts("kv", again).map(\.name) == ["9", "10", "100"])
    let kinds = try parts("kind", again)
    #expect(kinds.map(\.name) == ["CT", "none", "no value"] && kinds.map(\.cases) == [18, 9, 9])
    expectProblem("too many different values", "column \"id\"", "found 36") { try parts("id", again) }
    // Which is known before anything is trained.
    expectProblem("too many different values", "found 36") { try Subgroup.check("id", of: again) }
    expectProblem("has no column \"sex\"") { try Subgroup.check("sex", of: again) }
    try Subgroup.check("kv", of: again)
  }
}

@Test func nearlyTheSameVolumesOnBothSidesAreRefused() throws {
  try withFolder { path in
    let data = try Blobs(count: 24).write(to: "\(path)/data")
    // The first case a voxel further along and with another mask, called another patient's.
    let table = try CSVTable(reading: "\(path)/data/train_val.csv")
    let original = table.rows[0][0]
    let rows = table.rows + [["copy", table.rows[0][1], "another"]]
    let text = ([table.header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    try Files.writeAtomically(text, to: "\(path)/data/train_val.csv")
    let voxels = Blobs(count: 24).volume(0).voxels
    try NPZFile.write(
      [
        (name: "voxel", array: NDArray(shape: Blobs.axes, uint8: [20] + voxels.dropLast())),
        (name: "seg", array: NDArray(shape: Blobs.axes, bool: voxels.map { $0 % 2 == 0 })),
      ], to: "\(path)/data/train_val/copy.npz", compressed: true)
    var options = quickOptions()
    options.epochs = 1
    // Both are trained on in the first fold, so that its run alone would not find out.
    options.seed = try #require(
      (1...40).first { seed in
        var tried = options
        tried.seed = seed
        return (2...3).contains { fold in
          tried.fold = try? Fold("\(fold)/3")
          let dataset = try? TrainingRun.read(data, for: tinyNetwork(), options: tried, registries: builtIn())
          guard let dataset, let split = try? tried.split(of: dataset) else { return false }
          let judged = split.validation.map { dataset.cases[$0].name }
          tried.fold = try? Fold("1/3")
          guard let first = try? tried.split(of: dataset) else { return false }
          let taught = first.training.map { dataset.cases[$0].name }
          return judged.contains("copy") != judged.contains(original)
            && taught.contains("copy") && taught.contains(original)
        }
      })
    let one = ComparisonEntry.architecture(try tinyNetwork("one"))
    func comparison(allowing: Bool) throws -> Comparison {
      options.allowDuplicates = allowing
      return Comparison(
        data: data, out: "\(path)/out", options: options, plan: try FoldPlan(folds: 3),
        registries: try builtIn())
    }
    let refused = ["nearly the same volume on both sides", "1 pair", "\"copy\"", "--allow-duplicates"]
    expectProblem(refused[0], refused[1], refused[2], refused[3]) {
      try comparison(allowing: false).run([one]) { _, _ in Issue.record("something was trained") }
    }
    var notes: [String] = []
    let taken = try comparison(allowing: true).run([one]) { _, event in
      if case .started(let start) = event { notes += start.notes }
    }
    #expect(taken.cases == 25)
    let told = notes.filter { $0.contains("as was allowed: 1 pair, as") && $0.contains("\"copy\"") }
    #expect(told.count == 2)
    // What was allowed once is not taken by whoever does not allow it, nor trained anew by whoever does.
    expectProblem("holds a finished run with other options", "another allow_duplicates") {
      try comparison(allowing: false).run([one]) { _, _ in }
    }
    _ = try comparison(allowing: true).run([one]) { _, _ in Issue.record("trained again") }

    // The test part holds the first cases of the training part again.
    try Files.writeAtomically(
      "name,label\n" + table.rows.prefix(5).map { "\($0[0]),\($0[1])\n" }.joined(),
      to: "\(path)/data/test_labels.csv")
    expectProblem("in the test part and in the training part", "5 of 5 test cases", "--allow-duplicates") {
      try comparison(allowing: false).checkTest([one])
    }
    #expect(try comparison(allowing: true).checkTest([one]) != nil)
  }
}

/// Three classes, of which the last is absent where one looks first.
@Test func everyClassHasToBeThere() throws {
  try withFolder { path in
    let data = try Blobs(count: 36, classes: 3).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    options.allowDuplicates = true
    let comparison = Comparison(
      data: data, out: "\(path)/out", options: options, plan: try FoldPlan(folds: 2),
      registries: try builtIn())
    let one = ComparisonEntry.architecture(try tinyNetwork("one", classes: 3))
    let all = try CSVTable(reading: "\(path)/data/train_val.csv")
    func label(_ labels: [Int]) throws {
      try Files.writeAtomically(
        "name,label\n" + zip(all.rows, labels).map { "\($0[0]),\($1)\n" }.joined(),
        to: "\(path)/data/test_labels.csv")
    }
    try label([0, 1, 2, 0, 1])
    #expect(try comparison.checkTest([one]) != nil)
    try label([0, 1, 1, 0, 1])
    let refused = ["AUC is undefined", "the test part of", "expected cases of all 3 classes"]
    expectProblem(refused[0], refused[1], refused[2], "no case of class 2") {
      try comparison.checkTest([one])
    }
    // A table has as many classes as the network beside it, whatever labels there are.
    let names = all.rows.map { $0[0] }
    try Files.writeAtomically(
      "name,predicted_0,predicted_1,predicted_2\n" + names.map { "\($0),0.2,0.3,0.5\n" }.joined(),
      to: "\(path)/other.csv")
    let entries = [one, .table(path: "\(path)/other.csv")]
    #expect(try comparison.run(entries) { _, _ in }.rows.count == 4)
    let test = try comparison.final(entries)
    #expect(test.rows.prefix(2).map(\.contender.predictions.classes) == [3, 3])

    try Files.writeAtomically(
      "name,label\n" + names.enumerated().map { "\($1),\($0 % 2 * 2)\n" }.joined(),
      to: "\(path)/data/train_val.csv")
    expectProblem("AUC is undefined", "no case of class 1") {
      try Comparison(
        data: M3DVFolder("\(path)/data"), out: "\(path)/new", options: options, registries: builtIn()
      ).run([one]) { _, _ in Issue.record("trained") }
    }
  }
}

@Test func runsOfOtherDataAreRefused() throws {
  try withFolder { path in
    let data = try Blobs(count: 24).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    let one = ComparisonEntry.architecture(try tinyNetwork("one"))
    func compare(_ plan: FoldPlan?, _ out: String) throws {
      let comparison = Comparison(
        data: data, out: "\(path)/\(out)", options: options, plan: plan, registries: try builtIn())
      _ = try comparison.run([one]) { _, _ in }
    }
    let folds = try FoldPlan(folds: 2)
    try compare(nil, "single")
    try compare(folds, "folds")
    let (voxels, mask, _) = Blobs(count: 24).volume(7)
    try NPZFile.write(
      [
        (name: "voxel", array: NDArray(shape: Blobs.axes, uint8: voxels.map { 255 - $0 })),
        (name: "seg", array: NDArray(shape: Blobs.axes, bool: mask.map { $0 != 0 })),
      ], to: "\(path)/data/train_val/case7.npz", compressed: true)
    expectProblem("single/one: holds a finished run that learned from other data") {
      try compare(nil, "single")
    }
    expectProblem("folds/one/fold1: holds a finished run that learned from other data") {
      try compare(folds, "folds")
    }
    // By their folders they are taken, as a person may mean other volumes of the same cases, with a word on it.
    let named: [ComparisonEntry] = [
      .run(RunFolder("\(path)/single/one")), .folds(CrossValidationFolder("\(path)/folds/one")),
    ]
    for entry in named {
      let comparison = Comparison(
        data: data, out: "\(path)/named", options: options, registries: try builtIn())
      let result = try comparison.run([entry]) { _, _ in Issue.record("trained") }
      #expect(result.notes.count == 1 && result.notes[0].hasPrefix("one: learned from other data than"))
    }
    // A run from before there were digests says nothing of its data.
    let config = RunFolder("\(path)/single/one").configPath
    guard case .object(var values) = try JSONValue(parsing: Files.read(config), from: config) else { return }
    values["data_sha256"] = nil
    try Files.writeAtomically(JSONValue.object(values).text(), to: config)
    try compare(nil, "single")
  }
}
