import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooStatistics
import ZooTestSupport
import ZooTraining

/// A network is chosen for each fold by models that have not seen the fold; what was chosen, and what that predicts, is worked
/// out anew from the runs' own tables.
@Test func innerFoldsChooseTheNetwork() throws {
  try withFolder { path in
    let data = try Blobs(count: 40).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    let plan = try FoldPlan(folds: 2, repeats: 2, inner: 2)
    let comparison = Comparison(
      data: data, out: "\(path)/out", options: options, plan: plan, registries: try builtIn())
    let names = ["one", "two"]
    let entries: [ComparisonEntry] = [
      .architecture(try tinyNetwork("one")),
      .architecture(try tinyNetwork("two", filters: 4, mask: "ignore")),
    ]
    var trained: [PlannedRun] = []
    let result = try comparison.run(entries) { run, event in
      if case .started = event { trained.append(run) }
    }
    let folders = ["fold1", "fold2", "fold1-inner1", "fold1-inner2", "fold2-inner1", "fold2-inner2"]
    let all = names.flatMap { name in
      (1...2).flatMap { number in folders.map { "\(name) repeat\(number)/\($0)" } }
    }
    #expect(trained.map(\.name) == all && all.count == names.count * plan.trainings)

    let choice = try #require(result.choice)
    #expect(choice.innerFolds == 2 && choice.picks.count == 4)
    var expected = Array(repeating: 0.0, count: result.cases)
    for pick in choice.picks {
      var aucs: [Double] = []
      let tables = try names.map { name in
        let folder = "\(path)/out/\(name)/repeat\(pick.repetition)"
        let table = try CSVTable(reading: "\(folder)/oof.csv")
        let (cases, folds) = (try table.column("name"), try table.column("fold"))
        let outer = Set(zip(cases, folds).filter { $0.1 == "\(pick.fold)" }.map(\.0))
        var (labels, scores, held): ([Bool], [Double], [String]) = ([], [], [])
        for number in 1...2 {
          let run = try RunFolder("\(folder)/fold\(pick.fold)-inner\(number)").open()
          #expect(run.configuration.options.innerFold?.description == "\(number)/2")
          labels += run.predictions.labels.map { $0 == 1 }
          scores += run.predictions.scores
          held += run.predictions.names
          #expect(run.configuration.trainingCases + run.predictions.names.count == cases.count - outer.count)
        }
        #expect(Set(held) == Set(cases).subtracting(outer))
        aucs.append(try #require(ROC.auc(scores: scores, labels: labels)))
        return (folds: folds, scores: try table.numbers("predicted"))
      }
      let best = aucs[1] > aucs[0] ? 1 : 0
      #expect(pick.network == names[best])
      for (index, fold) in tables[best].folds.enumerated() where fold == "\(pick.fold)" {
        expected[index] += tables[best].scores[index] / 2
      }
    }
    expectClose(choice.predictions.scores, expected, absolute: 1e-15)

    // It is kept, read again, and a second call trains nothing.
    try Files.makeFolder("\(path)/out/predictions")
    try ComparisonFolder("\(path)/out").write(result, [:], threads: 1)
    let report = try ReportedComparison(["\(path)/out"], layers: builtIn().layers, threads: 1)
    #expect(report.innerFolds == 2 && report.result.choice?.picks == choice.picks)
    #expect(report.result.choice?.evaluation == choice.evaluation)
    let again = try comparison.run(entries) { _, _ in Issue.record("trained again") }
    #expect(again.choice?.predictions == choice.predictions)
  }
}

@Test func innerFoldsNeedNetworksToChooseAmong() throws {
  try withFolder { path in
    let data = try Blobs(count: 16).write(to: "\(path)/data")
    let comparison = Comparison(
      data: data, out: "\(path)/out", options: quickOptions(), plan: try FoldPlan(folds: 2, inner: 2),
      registries: try builtIn())
    expectProblem("--nested", "two models", "found 1") {
      try comparison.run([.architecture(try tinyNetwork())]) { _, _ in }
    }
    let many = Comparison(
      data: data, out: "\(path)/many", options: quickOptions(), plan: try FoldPlan(folds: 2, inner: 9),
      registries: try builtIn())
    let entries = ["one", "two"].map { name in Result { ComparisonEntry.architecture(try tinyNetwork(name)) }
    }
    expectProblem("no case of class", "is left for validation") {
      try many.run(entries.map { try $0.get() }, onEvent: { _, _ in Issue.record("trained for nothing") })
    }
    expectProblem("--nested", "2 to 1000", "found 1") { try FoldPlan(folds: 2, inner: 1) }
  }
}
