import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooStatistics
import ZooTestSupport
import ZooTraining

/// A comparison of two folds, once or on two splits.
private func comparison(_ path: String, repeats: Int = 1) throws -> Comparison {
  let data = try Blobs(count: 36).write(to: "\(path)/data")
  var options = quickOptions()
  options.epochs = 1
  return Comparison(
    data: data, out: "\(path)/out", options: options, plan: try FoldPlan(folds: 2, repeats: repeats),
    registries: try builtIn())
}

/// A table of another program: noise, with a little of the label.
private func table(_ data: any DataSource, gain: Double, to path: String) throws -> ComparisonEntry {
  let lines = try data.cases(of: .train, classes: 2).cases.enumerated().map { index, one in
    "\(one.name),\(0.1 + gain * Double(one.label ?? 0) + 0.05 * Double((index * 7) % 10))\n"
  }
  try Files.writeAtomically("name,predicted\n" + lines.joined(), to: path)
  return try #require(ComparisonEntry(path: path))
}

@Test func weightsThatMayHaveSeenTheCasesAreNeverTheBest() throws {
  try withFolder { path in
    let comparison = try comparison(path)
    let one = ComparisonEntry.architecture(try tinyNetwork("one"))
    _ = try comparison.run([one]) { _, _ in }
    // Weights that rank every case right, because they have the ball's size in their mask's sum: whoever trained them.
    var model = try ModelFile.read("\(path)/out/one/fold1/best.safetensors", layers: builtIn().layers)
    model.trainedOn = nil
    try model.write(to: "\(path)/leaked.safetensors")
    let leaked = try #require(ComparisonEntry(path: "\(path)/leaked.safetensors"))
    let poor = try table(comparison.data, gain: 0, to: "\(path)/poor.csv")
    let result = try comparison.run([leaked, poor]) { _, _ in }
    #expect(result.rows.map(\.contender.name) == ["leaked", "poor", "shape", "volume"])
    #expect(result.rows.map(\.isBest) == [false, true, false, false] && result.recommended == nil)
    let alone = try comparison.run([leaked]) { _, _ in }
    #expect(!alone.rows.contains { $0.isBest } && alone.rows[0].toBest == nil)

    // The warning is kept, and told again with the report.
    let note =
      "leaked: what these weights were trained on is not known; if it was these cases, their AUC means nothing"
    try Files.makeFolder("\(path)/kept/predictions")
    try ComparisonFolder("\(path)/kept").write(result, [:], threads: 1)
    #expect(result.notes.contains(note))
    let reported = try ReportedComparison(
      ["\(path)/kept"], data: "\(path)/data", layers: builtIn().layers, threads: 1)
    #expect(reported.result.notes == result.notes && reported.result.rows[0].contender.kind == .unknown)
    #expect(reported.result.rows.map(\.isBest) == result.rows.map(\.isBest))
  }
}

@Test func tablesAloneAreComparedWithTheMask() throws {
  try withFolder { path in
    let comparison = try comparison(path)
    let entries = [
      try table(comparison.data, gain: 0.3, to: "\(path)/good.csv"),
      try table(comparison.data, gain: 0, to: "\(path)/poor.csv"),
    ]
    let result = try comparison.run(entries) { _, _ in }
    #expect(result.rows.map(\.contender.name) == ["good", "poor", "shape", "volume"])
    #expect(
      result.notes.count == 1
        && result.notes[0].contains("\"shape\" and \"volume\" are fitted in 5 of patients"))
    // The ball's radius is the label.
    let shape = result.rows[2].contender
    #expect(shape.evaluation.auc == 1 && Set(shape.folds) == Set(1...5))
    let cases = try comparison.data.cases(of: .train, classes: 2).cases
    for (patient, own) in Dictionary(grouping: zip(cases, shape.folds), by: { $0.0.patient })
    where patient != nil {
      #expect(Set(own.map(\.1)).count == 1)
    }
    // Nobody knows the tables' folds, nor what they cost.
    #expect(!result.isOutOfFold && !result.isOfTrainings && result.recommended == nil)
    #expect(result.rows[0].isBest)
  }
}

@Test func foldsOfEverySplitAreJudgedByTheirOwnPredictions() throws {
  try withFolder { path in
    let comparison = try comparison(path, repeats: 2)
    let names = ["one", "two"]
    let entries = try names.map {
      ComparisonEntry.architecture(try tinyNetwork($0, filters: $0 == "one" ? 2 : 4))
    }
    let result = try comparison.run(entries) { _, _ in }
    typealias Split = (folds: [Int], labels: [Bool], scores: [Double])
    let splits = try names.map { name in
      try (1...2).map { number -> Split in
        let table = try CSVTable(reading: "\(path)/out/\(name)/repeat\(number)/oof.csv")
        return (
          try table.column("fold").compactMap { Int($0) }, try table.column("label").map { $0 == "1" },
          try table.numbers("predicted")
        )
      }
    }
    func auc(_ split: Split, _ isIn: (Int) -> Bool) throws -> Double {
      let own = split.folds.indices.filter { isIn(split.folds[$0]) }
      return try #require(ROC.auc(scores: own.map { split.scores[$0] }, labels: own.map { split.labels[$0] }))
    }
    for (row, own) in zip(result.rows, splits) {
      let expected = try own.flatMap { split in try (1...2).map { fold in try auc(split) { $0 == fold } } }
      #expect(row.contender.foldAUCs == expected)
    }
    // The baselines have the same folds.
    #expect(result.rows[2].contender.splits.map(\.folds) == splits[0].map(\.folds))
    #expect(result.rows[2].contender.foldAUCs.count == 4)

    // Each split chooses by its own predictions.
    let choice = try #require(result.choice)
    var means = splits[0][0].scores.map { _ in 0.0 }
    for number in 0..<2 {
      for fold in 1...2 {
        let aucs = try splits.map { try auc($0[number]) { $0 != fold } }
        let best = aucs[1] > aucs[0] ? 1 : 0
        #expect(
          choice.picks.contains {
            ($0.repetition, $0.fold, $0.network) == (number + 1, fold, names[best])
          })
        for index in means.indices where splits[0][number].folds[index] == fold {
          means[index] += splits[best][number].scores[index] / 2
        }
      }
    }
    #expect(choice.picks.count == 4)
    expectClose(choice.predictions.scores, means, absolute: 1e-15)

    // The folder of all splits is an entry as one of them is, and a run's own file is called as the run.
    let whole = try #require(ComparisonEntry(path: "\(path)/out/one"))
    let again = try comparison.run([whole, entries[1]]) { _, _ in Issue.record("trained again") }
    #expect(again.rows.map(\.contender.name) == result.rows.map(\.contender.name))
    #expect(again.rows.map(\.contender.evaluation) == result.rows.map(\.contender.evaluation))
    #expect(again.rows.map(\.contender.foldAUCs) == result.rows.map(\.contender.foldAUCs))
    #expect(again.choice?.picks == choice.picks)
    let files = try (1...2).map {
      try #require(ComparisonEntry(path: "\(path)/out/one/repeat1/fold\($0)/best.safetensors"))
    }
    #expect(files.map(\.name) == ["fold1", "fold2"])
  }
}

@Test func trainedCasesAreAskedByTheirNames() throws {
  try withFolder { path in
    let comparison = try comparison(path)
    _ = try comparison.run([.architecture(try tinyNetwork("one"))]) { _, _ in }
    let file = "\(path)/out/one/fold1/best.safetensors"
    let held = try Set(CSVTable(reading: "\(path)/out/one/fold1/validation.csv").column("name"))
    let all = try comparison.data.cases(of: .train, classes: 2).cases.map(\.name)
    let known = try #require(try ModelFile.trainedOn(of: file))
    #expect(Set(all.filter { !known.contains($0) }) == held && !known.contains("another"))
    // What starts from weights has seen what they have seen.
    var options = comparison.options
    options.initial = try InitialWeights(file)
    options.fold = try Fold("1/2")
    let architecture = try tinyNetwork("one")
    let dataset = try TrainingRun.read(
      comparison.data, for: architecture, options: options, registries: comparison.registries)
    let run = try TrainingRun(
      architecture, on: dataset, from: "\(path)/data", options: options, registries: comparison.registries,
      to: RunFolder("\(path)/tuned"))
    try run.train { _ in }
    #expect(try ModelFile.trainedOn(of: "\(path)/tuned/best.safetensors") == known)
    // What starts from weights of which nobody knows is not known either.
    var model = try ModelFile.read(file, layers: comparison.registries.layers)
    model.trainedOn = nil
    try model.write(to: "\(path)/foreign.safetensors")
    options.initial = try InitialWeights("\(path)/foreign.safetensors")
    let other = try TrainingRun(
      architecture, on: dataset, from: "\(path)/data", options: options, registries: comparison.registries,
      to: RunFolder("\(path)/other"))
    try other.train { _ in }
    #expect(try ModelFile.trainedOn(of: "\(path)/other/best.safetensors") == nil)
  }
}
