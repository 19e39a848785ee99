import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooStatistics
import ZooTestSupport
import ZooTraining

/// A cross-validation over a folder of blobs.
private func validation(
  _ data: M3DVFolder, _ out: String, folds: Int = 3, seeds: Int = 1, epochs: Int = 1
) throws -> CrossValidation {
  var options = quickOptions()
  options.epochs = epochs
  return try CrossValidation(
    data: data, out: out, options: options, folds: folds, seeds: seeds, registries: builtIn())
}

/// Runs it; the names of the runs that were trained.
private func run(
  _ validation: CrossValidation, stopAfter steps: Int = .max
) throws -> (trained: [String], result: CrossValidationResult) {
  var (trained, step): ([String], Int) = ([], 0)
  let architecture = try tinyNetwork()
  let result = try validation.run(
    architecture,
    reading: {
      try TrainingRun.read(
        validation.data, for: architecture, options: validation.options, registries: validation.registries)
    },
    shouldStop: { step >= steps },
    onEvent: { run, event in
      if case .started = event { trained.append(run.name) }
      if case .step = event { step += 1 }
    })
  return (trained, result)
}

@Test func everyCaseIsJudgedByTheFoldThatHeldItBack() throws {
  try withFolder { path in
    let data = try Blobs(count: 40).write(to: "\(path)/data")
    let (trained, result) = try run(validation(data, "\(path)/cv"))
    #expect(trained == ["fold1", "fold2", "fold3"])
    let cases = try data.cases(of: .train, classes: 2).cases
    #expect(result.outOfFold.predictions.names == cases.map(\.name))
    #expect(result.outOfFold.predictions.labels == cases.map(\.label))

    // The table says for each case what its fold's run has written, and a fold's model predicts just that.
    let table = try CSVTable(reading: "\(path)/cv/oof.csv")
    #expect(table.header == ["name", "label", "fold", "predicted"])
    let scores = try table.numbers("predicted")
    let folds = try table.column("fold")
    var patients: [String: Set<String>] = [:]
    for (row, one) in cases.enumerated() { patients[one.patient ?? "", default: []].insert(folds[row]) }
    #expect(patients.values.allSatisfy { $0.count == 1 })
    for fold in 1...3 {
      let own = try RunFolder("\(path)/cv/fold\(fold)").open()
      #expect(own.configuration.options.fold?.description == "\(fold)/3")
      let rows = folds.indices.filter { folds[$0] == "\(fold)" }
      #expect(rows.map { cases[$0].name } == own.predictions.names)
      #expect(rows.map { scores[$0] } == own.predictions.scores)
    }
    let pooled = try #require(result.comparison.rows.first)
    #expect(
      pooled.contender.evaluation.auc == ROC.auc(scores: scores, labels: cases.map { $0.label == 1 }))
    #expect(pooled.contender.parameters == (try RunFolder("\(path)/cv/fold1").open().parameters))
    // The ball's radius is the label, so that its size tells all, in every fold.
    #expect(result.comparison.rows.map(\.contender.name) == ["tiny", "shape", "volume"])
    #expect(result.comparison.rows[1].contender.evaluation.auc == 1 && pooled.toShape?.test != nil)
    #expect(result.members.map(\.shapeAUC) == [1, 1, 1])
    let json = try JSONValue(parsing: try Files.read("\(path)/cv/folds.json"), from: "folds.json")
    #expect(try json.at("out_of_fold").at("auc").double == pooled.contender.evaluation.auc)
    #expect(try json.at("runs").elements.map { try $0.at("run").string } == trained)
  }
}

/// The best epoch would be chosen by the cases that judge it; the last one is chosen by nothing.
@Test func aFoldDeliversItsLastEpoch() throws {
  try withFolder { path in
    let data = try Blobs(count: 40).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 4
    options.schedule = "constant"
    options.learningRate = 0.3  // jumps about
    let jumping = try CrossValidation(
      data: data, out: "\(path)/cv", options: options, folds: 3, registries: builtIn())
    let result = try run(jumping).result
    var losses: [[Double]] = []
    for member in result.members {
      #expect(member.run.keptEpochs == [4] && !member.run.configuration.options.isChosenByJudges)
      let (epochs, result) = (member.run.folder.epochsPath, member.run.folder.resultPath)
      losses.append(try CSVTable(reading: epochs).numbers("validation_loss"))
      let kept = try JSONValue(parsing: try Files.read(result), from: result).at("validation_loss").double
      #expect(try kept == #require(losses.last?.last))
    }
    // Somewhere another epoch was better, or this would show nothing.
    #expect(losses.contains { $0.min() != $0.last }, "\(losses)")
    #expect(!result.comparison.notes.contains { $0.contains("flatters") })

    options.patience = 2
    let early = try CrossValidation(
      data: data, out: "\(path)/early", options: options, folds: 3, registries: builtIn())
    #expect(
      try run(early).result.comparison.notes.contains { $0.contains("tiny") && $0.contains("flatters") })
  }
}

@Test func aCrossValidationGoesOnFoldByFold() throws {
  try withFolder { path in
    let data = try Blobs(count: 40).write(to: "\(path)/data")
    let stopped = try validation(data, "\(path)/cv", epochs: 2)
    // Three steps an epoch: the second fold is stopped in its second epoch.
    expectProblem("the cross-validation was stopped", "goes on with fold2") {
      try run(stopped, stopAfter: 10)
    }
    #expect(RunFolder("\(path)/cv/fold1").isFinished && !RunFolder("\(path)/cv/fold2").isFinished)
    #expect(!CrossValidationFolder("\(path)/cv").isFinished)
    let (trained, result) = try run(stopped)
    #expect(trained == ["fold2", "fold3"])
    // It is as if it had never been stopped.
    let whole = try run(validation(data, "\(path)/whole", epochs: 2)).result
    #expect(whole.outOfFold == result.outOfFold)
    #expect(try run(stopped).trained == [])

    expectProblem("cv/fold1: holds a finished run with other options", "another epochs") {
      try run(validation(data, "\(path)/cv", epochs: 1))
    }
    expectProblem("another fold") { try run(validation(data, "\(path)/cv", folds: 4, epochs: 2)) }
    expectProblem("fold1: holds a run") { try run(validation(data, "\(path)/cv/fold1", epochs: 2)) }
    expectProblem("--folds", "2 to 1000") { try validation(data, "\(path)/x", folds: 1) }
  }
}

@Test func seedsShareTheirFoldsAndAreAveraged() throws {
  try withFolder { path in
    let data = try Blobs(count: 24).write(to: "\(path)/data")
    let (trained, result) = try run(validation(data, "\(path)/cv", folds: 2, seeds: 2))
    #expect(trained == ["seed1/fold1", "seed1/fold2", "seed2/fold1", "seed2/fold2"])
    for fold in 1...2 {
      let runs = try (1...2).map { try RunFolder("\(path)/cv/seed\($0)/fold\(fold)").open() }
      #expect(runs[0].predictions.names == runs[1].predictions.names)
      #expect(runs[0].predictions.scores != runs[1].predictions.scores)
      #expect(runs.map(\.configuration.options.seed) == [3, 4])
      for (index, name) in runs[0].predictions.names.enumerated() {
        let mean = (runs[0].predictions.scores[index] + runs[1].predictions.scores[index]) / 2
        let row = try #require(result.outOfFold.predictions.names.firstIndex(of: name))
        #expect(result.outOfFold.folds[row] == fold)
        #expect(abs(result.outOfFold.predictions.scores[row] - mean) < 1e-15)
      }
    }
  }
}
