import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooStatistics
import ZooTestSupport
import ZooTraining

@Test func aComparisonTrainsWhatIsMissing() throws {
  try withFolder { path in
    let data = try Blobs(count: 40).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 2
    let comparison = Comparison(
      data: data, out: "\(path)/out", options: options, registries: try builtIn())
    let entries: [ComparisonEntry] = [
      .architecture(try tinyNetwork("one")),
      .architecture(try tinyNetwork("two", filters: 4, mask: "ignore")),
    ]
    var trained: [String] = []
    let note = { (run: PlannedRun, event: TrainingEvent) in
      if case .started = event { trained.append(run.name) }
    }
    let result = try comparison.run(entries, onEvent: note)
    #expect(trained == ["one", "two"])
    #expect(result.rows.map(\.contender.name) == ["one", "two", "shape", "volume"])
    #expect(result.notes == [] && result.cases > 4)
    #expect(result.rows.count { $0.isBest } == 1)
    let (best, shape) = (try #require(result.rows.first { $0.isBest }), result.rows[2])
    // The ball's radius is the label, so that its size tells all.
    #expect(shape.contender.evaluation.auc == 1 && shape.contender.parameters == nil && shape.toShape == nil)
    #expect(best.toBest == nil)
    for row in result.rows where !row.isBest {
      let difference = try #require(row.toBest)
      #expect(
        difference.auc == (row.contender.evaluation.auc ?? .nan) - (best.contender.evaluation.auc ?? .nan))
      #expect(difference.test != nil)
    }

    // Once more: nothing is trained, and the numbers are the same; a finished run by its folder is too.
    let again = try comparison.run(
      [entries[0], .run(RunFolder("\(path)/out/two"))], onEvent: note)
    #expect(trained == ["one", "two"])
    #expect(again.rows.map(\.contender.evaluation) == result.rows.map(\.contender.evaluation))

    options.epochs = 3
    let other = Comparison(data: data, out: "\(path)/out", options: options, registries: try builtIn())
    expectProblem("out/one: holds a finished run with other options", "another epochs") {
      try other.run(entries, onEvent: note)
    }
    options.seed = 8
    let split = Comparison(data: data, out: "\(path)/other", options: options, registries: try builtIn())
    expectProblem("one: judged other cases") {
      try split.run([entries[0], .run(RunFolder("\(path)/out/two"))], onEvent: note)
    }
    #expect(trained == ["one", "two"])  // and not for nothing
  }
}

@Test func aComparisonRefusesWhatItCannotCompare() throws {
  try withFolder { path in
    let data = try Blobs(count: 16).write(to: "\(path)/data")
    let comparison = Comparison(
      data: data, out: "\(path)/out", options: quickOptions(), registries: try builtIn())
    let one = ComparisonEntry.architecture(try tinyNetwork("one"))
    expectProblem("nothing to compare") { try comparison.run([]) { _, _ in } }
    expectProblem("the same name", "\"one\"") { try comparison.run([one, one]) { _, _ in } }
    expectProblem("different numbers of classes", "expected 2 as one has, found three with 3") {
      try comparison.run([one, .architecture(try tinyNetwork("three", classes: 3))]) { _, _ in }
    }
    expectProblem("the comparison was stopped", "goes on") {
      var steps = 0
      _ = try comparison.run([one], shouldStop: { steps > 4 }) { if case .step = $1 { steps += 1 } }
    }
    #expect(!RunFolder("\(path)/out/one").isFinished)
  }
}

/// A night of training is not spent before a word about the table that lacks a case, or the weights that know one.
@Test(arguments: [nil, 2]) func whatCannotJudgeIsRefusedBeforeAnythingIsTrained(folds: Int?) throws {
  try withFolder { path in
    let data = try Blobs(count: 16).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    func run(_ name: String, _ others: [ComparisonEntry], hears: (TrainingEvent) -> Void) throws {
      _ = try Comparison(
        data: data, out: "\(path)/out", options: options, plan: try folds.map { try FoldPlan(folds: $0) },
        registries: try builtIn()
      ).run([.architecture(try tinyNetwork(name))] + others) { hears($1) }
    }
    try run("one", []) { _ in }
    let weights = Files.join("\(path)/out/one", folds == nil ? "best.safetensors" : "fold1/best.safetensors")
    options.splitSeed = 5
    try Files.writeAtomically("name,predicted\nelsewhere,0.5\n", to: "\(path)/rf.csv")
    func refused(_ entry: ComparisonEntry, _ text: String) {
      expectProblem(text) {
        try run("two", [entry]) { _ in Issue.record("trained") }
      }
    }
    refused(.table(path: "\(path)/rf.csv"), "rf.csv: has no prediction for case")
    refused(
      try #require(ComparisonEntry(path: weights)), "was trained on cases that this comparison judges by")
    // A run of one split beside folds, which hold back all cases.
    if folds != nil { refused(.run(RunFolder("\(path)/out/one/fold1")), "fold1: judged other cases") }
    let names = try CSVTable(reading: "\(path)/data/train_val.csv").column("name")
    try Files.writeAtomically(
      "name,label\n" + names.map { "\($0),1\n" }.joined(), to: "\(path)/data/train_val.csv")
    expectProblem("AUC is undefined", "expected cases of all 2 classes, found no case of class 0") {
      try Comparison(
        data: M3DVFolder("\(path)/data"), out: "\(path)/new", options: options, registries: builtIn()
      ).run([.architecture(try tinyNetwork("three"))]) { _, _ in Issue.record("trained") }
    }
  }
}

@Test func withoutMasksThereIsNoShapeRow() throws {
  try withFolder { path in
    let data = try Blobs(count: 24, hasMask: false).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    let comparison = Comparison(
      data: data, out: "\(path)/out", options: options, registries: try builtIn())
    let result = try comparison.run([.architecture(try tinyNetwork("one"))]) { _, _ in }
    #expect(result.rows.map(\.contender.name) == ["one"])
    #expect(
      result.notes.count == 1 && result.notes[0].contains("no row \"shape\"")
        && result.notes[0].contains("no masks"))
    // A remark, not a refusal: there is nothing to be done.
    #expect(!result.notes[0].contains("train with"))
  }
}

@Test func aComparisonByFoldsTakesTablesAndWeights() throws {
  try withFolder { path in
    let data = try Blobs(count: 36).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    let plan = try FoldPlan(folds: 3, repeats: 2)
    let comparison = Comparison(
      data: data, out: "\(path)/out", options: options, plan: plan, registries: try builtIn())
    let one = ComparisonEntry.architecture(try tinyNetwork("one"))
    var plans: [PlannedRun] = []
    var forecasts: [PlanForecast] = []
    let first = try comparison.run(
      [one], onForecast: { forecasts.append($0) },
      onEvent: { run, event in
        // The forecast comes before anything is trained.
        #expect(forecasts.count == 1)
        if case .started = event { plans.append(run) }
      })
    #expect(forecasts.map(\.trainings) == [6] && forecasts.allSatisfy { $0.seconds > 0 && $0.seconds < 600 })
    #expect(
      plans.map(\.name)
        == (1...2).flatMap { repetition in (1...3).map { "one repeat\(repetition)/fold\($0)" } })
    #expect(plans.map(\.number) == Array(1...6) && plans.allSatisfy { $0.count == plan.trainings })
    let row = try #require(first.rows.first)
    #expect(row.contender.runs.count == 6 && row.variance?.seed == nil && row.variance != nil)

    // Every case's prediction is the mean over the two splits, which differ.
    let tables = try (1...2).map { try CSVTable(reading: "\(path)/out/one/repeat\($0)/oof.csv") }
    #expect(try tables[0].column("fold") != tables[1].column("fold"))
    let means = try zip(tables[0].numbers("predicted"), tables[1].numbers("predicted")).map { ($0 + $1) / 2 }
    expectClose(row.contender.predictions.scores, means, absolute: 1e-15)

    // The same predictions in another order, as another program's table, are tied with it.
    let names = row.contender.predictions.names
    func table(_ scores: [Double], _ name: String, dropping count: Int = 0) throws -> ComparisonEntry {
      let lines = zip(names, scores).reversed().dropFirst(count).map { "\($0),\($1)\n" }.joined()
      try Files.writeAtomically("name,predicted\n" + lines, to: "\(path)/\(name).csv")
      return try #require(ComparisonEntry(path: "\(path)/\(name).csv"))
    }
    let trained = try #require(
      ComparisonEntry(path: "\(path)/out/one/repeat1/fold1/best.safetensors"))
    expectProblem("was trained on cases that this comparison judges by", "found 24 of 36") {
      try comparison.run([one, trained]) { _, _ in }
    }
    // Away from its run it still says what it has seen, by whatever name.
    try Files.writeAtomically(
      Files.read("\(path)/out/one/repeat1/fold1/best.safetensors"), to: "\(path)/copy.safetensors")
    let copy = try #require(ComparisonEntry(path: "\(path)/copy.safetensors"))
    expectProblem("copy.safetensors: was trained on cases", "found 24 of 36") {
      try comparison.run([one, copy]) { _, _ in }
    }
    // Of another program's weights nobody knows.
    var stripped = try ModelFile.read("\(path)/copy.safetensors", layers: builtIn().layers)
    stripped.trainedOn = nil
    try stripped.write(to: "\(path)/best.safetensors")
    let weights = try #require(ComparisonEntry(path: "\(path)/best.safetensors"))
    let again = try comparison.run(
      [one, try table(means, "same"), try table(means.map { 1 - $0 }, "opposite"), weights],
      onForecast: { _ in Issue.record("nothing is to be trained") },
      onEvent: { _, _ in Issue.record("trained again") })
    #expect(again.rows.map(\.contender.name) == ["one", "same", "opposite", "best", "shape", "volume"])
    #expect(again.rows.map(\.contender.kind.rawValue).prefix(4) == ["network", "table", "table", "unknown"])
    #expect(again.pairs == 15 && first.choice == nil && again.choice == nil)
    #expect(!again.rows[3].isBest && again.recommended != "best")
    #expect(again.notes.count == 1 && again.notes[0].hasPrefix("best: what these weights were trained on"))
    let same = try #require(again.rows[1].toBest ?? again.rows[0].toBest)
    #expect(same.auc == 0 && same.adjustedP == 1 && same.verdict == .tied)
    #expect(
      again.rows[2].contender.evaluation.auc == 1 - (row.contender.evaluation.auc ?? .nan))
    let model = try ModelFile.read(
      "\(path)/out/one/repeat1/fold1/best.safetensors", layers: builtIn().layers)
    let predicted = try Predictor(models: [model], threads: 1).predictions(
      in: data, part: .train, labelled: true)
    #expect(again.rows[3].contender.predictions == predicted)

    expectProblem("short.csv: has no prediction for case", "found 34 of them") {
      try comparison.run([one, try table(means, "short", dropping: 2)]) { _, _ in }
    }

    try Files.writeAtomically(
      "name,label,predicted_0,predicted_1\nother,1.0,0.5,0.5\n"
        + zip(names, means).map { "\($0),,\(1 - $1),\($1)\n" }.joined(), to: "\(path)/more.csv")
    let more = try comparison.run([one, .table(path: "\(path)/more.csv")]) { _, _ in }
    #expect(more.notes == ["more: 1 of its 37 cases, as \"other\", are not judged here and left out"])
    #expect(more.rows[1].contender.evaluation.auc == row.contender.evaluation.auc)

    // What is kept can be read again, by people's programs and by the report.
    let folder = ComparisonFolder("\(path)/kept")
    try Files.makeFolder("\(path)/kept/predictions")
    try folder.write(again, [:], threads: 2)
    let members = try folder.open()
    #expect(members.map(\.predictions.scores) == again.rows.map(\.contender.predictions.scores))
    #expect(members.map(\.predictions.labels) == again.rows.map(\.contender.predictions.labels))
    #expect(members.map(\.folds) == again.rows.map(\.contender.folds))
    #expect(members[0].runs.map(\.isFinished) == Array(repeating: true, count: 6))
    let json = try JSONValue(parsing: Files.read(folder.resultPath), from: "comparison.json")
    let figures = try json.at("contenders").elements[0].at("figures")
    #expect(try figures.at("auc").at("value").double == row.contender.evaluation.auc)
    // Of rows that are no longer there is no table.
    try folder.write(more, [:], threads: 2)
    let kept = try Files.list("\(path)/kept/predictions").sorted()
    #expect(kept == more.rows.map { "\($0.contender.name).csv" }.sorted() && kept.contains("more.csv"))
    #expect(Set(kept) != Set(again.rows.map { "\($0.contender.name).csv" }))

    let known = zip(names, row.contender.predictions.labels).prefix(5).map { "\($0),\($1 ?? 0)\n" }.joined()
    try Files.writeAtomically("name,label\n" + known, to: "\(path)/data/test_labels.csv")
    // The test part is the first five cases, and is judged by the mean of all six models.
    let test = try comparison.final([one, try table(means, "same")])
    #expect(test.rows.map(\.contender.name) == ["one", "same", "shape", "volume"] && test.cases == 5)
    // Another program's table of all of them has a row there too.
    try Files.writeAtomically(
      "name,predicted\n" + test.rows[0].contender.predictions.names.map { "\($0),0.5\n" }.joined(),
      to: "\(path)/fives.csv")
    let fives = ComparisonEntry.table(path: "\(path)/fives.csv")
    // One of fewer has none.
    try Files.writeAtomically("name,predicted\n\(names[0]),0.5\n", to: "\(path)/few.csv")
    let beside = try comparison.final([one, fives, .table(path: "\(path)/few.csv")])
    #expect(beside.rows.map(\.contender.name) == ["one", "fives", "shape", "volume"])
    #expect(beside.rows[1].contender.evaluation.auc == 0.5)
    // Each run counts its own looks, whoever looks.
    var looks = try comparison.testLooks([one])
    try looks.add(["one"])
    let run = "\(path)/out/one/repeat2/fold3"
    var others = try TestLooks(atModels: ["\(run)/best.safetensors", "\(path)/best.safetensors"])
    #expect(others.count == 1)
    try others.add(["fold3"])
    #expect(try TestLooks(of: [run]).count == 2 && TestLooks(of: ["\(path)/out"]).count == 1)
    #expect(try comparison.testLooks([one]).count == 2)
    #expect(
      try Comparison(
        data: data, out: "\(path)/elsewhere", options: options, registries: builtIn()
      ).testLooks([.run(RunFolder(run))]).count == 2)
  }
}
