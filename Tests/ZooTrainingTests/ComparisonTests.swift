import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooStatistics
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
    expectProblem("one: was judged by other cases") {
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
  }
}
