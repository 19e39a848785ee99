import Testing
import ZooCore
import ZooData
import ZooEngine
import ZooFormats
import ZooGraph
import ZooModels
import ZooTestSupport
import ZooTraining

/// Trains the tiny network into `path`, with a seed of its own and the split of seed 3.
private func train(_ data: M3DVFolder, to path: String, seed: Int, splitSeed: Int = 3) throws {
  var options = quickOptions()
  options.epochs = 1
  options.seed = seed
  options.splitSeed = splitSeed
  let (architecture, registries) = (try tinyNetwork(), try builtIn())
  let dataset = try TrainingRun.read(data, for: architecture, options: options, registries: registries)
  try TrainingRun(
    architecture, on: dataset, from: data.path, options: options, registries: registries, to: RunFolder(path)
  ).train { _ in }
}

/// Cross-validates the tiny network into `path`.
private func crossValidate(_ data: M3DVFolder, to path: String, seed: Int) throws {
  var options = quickOptions()
  options.epochs = 1
  options.seed = seed
  options.splitSeed = 3
  let (architecture, registries) = (try tinyNetwork(), try builtIn())
  _ = try CrossValidation(data: data, out: path, options: options, folds: 2, registries: registries).run(
    architecture,
    reading: { try TrainingRun.read(data, for: architecture, options: options, registries: registries) },
    onEvent: { _, _ in })
}

/// What the models of some paths predict for the test part.
private func predict(_ data: M3DVFolder, _ paths: String...) throws -> [Double] {
  let committee = try Committee(paths)
  let layers = try builtIn().layers
  let models = try committee.files.map { try ModelFile.read($0, layers: layers) }
  return try Predictor(models: models, blending: committee.blending, threads: 2)
    .predictions(in: data, part: .test, labelled: false).scores
}

@Test func anEnsembleJudgesAsItsMembersDo() throws {
  try withFolder { path in
    let data = try Blobs(count: 24).write(to: "\(path)/data")
    for seed in [3, 4] {
      try train(data, to: "\(path)/run\(seed)", seed: seed)
      try crossValidate(data, to: "\(path)/cv\(seed)", seed: seed)
    }
    let registries = try builtIn()
    func ensemble(_ members: String...) throws -> Ensemble {
      try Ensemble(members.map { "\(path)/\($0)" }, data: nil, registries: registries, threads: 2)
    }
    // A cross-validation's folder is the mean of its folds, an ensemble that of its members.
    let folds = try (1...2).map { try predict(data, "\(path)/cv3/fold\($0)") }
    let (three, four) = (try predict(data, "\(path)/cv3"), try predict(data, "\(path)/cv4"))
    expectClose(three, zip(folds[0], folds[1]).map { ($0 + $1) / 2 }, absolute: 1e-15)
    let result = try ensemble("cv3", "cv4").make(.mean, out: "\(path)/both")
    let both = try predict(data, "\(path)/both")
    expectClose(both, zip(three, four).map { ($0 + $1) / 2 }, absolute: 1e-15)
    #expect(try predict(data, "\(path)/both/ensemble.json") == both)
    #expect(try Committee(["\(path)/both", "\(path)/cv3"]).files.count == 4)
    #expect(
      result.comparison.rows.map(\.contender.name)
        == ["\(path)/cv3", "\(path)/cv4", "ensemble", "shape", "volume"])
    #expect(result.comparison.rows[3].contender.evaluation.auc == 1)
    // The figures are those of the mean of the out-of-fold predictions.
    let tables = try ["cv3", "cv4"].map {
      try CSVTable(reading: "\(path)/\($0)/oof.csv").numbers("predicted")
    }
    let written = try CSVTable(reading: "\(path)/both/predictions.csv")
    expectClose(
      try written.numbers("predicted"), zip(tables[0], tables[1]).map { ($0 + $1) / 2 }, absolute: 1e-15)
    #expect(try written.column("name") == data.cases(of: .train, classes: 2).cases.map(\.name))
    // The folder may move as a whole.
    let json = try JSONValue(parsing: Files.read("\(path)/both/ensemble.json"), from: "ensemble.json")
    #expect(try json.at("members").elements.map { try $0.at("path").string } == ["../cv3", "../cv4"])

    let greedy = try ensemble("cv3", "cv4").make(.greedy, out: "\(path)/greedy")
    #expect(
      greedy.notes.contains {
        $0.contains("chosen by these cases") && $0.contains("by the others")
      })
    #expect(abs(greedy.file.members.reduce(0) { $0 + $1.weight } - 1) < 1e-12)

    expectProblem("cv3: a soup of folds has no honest figure", "fold1") {
      try ensemble("cv3", "cv4").make(.soup, out: "\(path)/soup")
    }
    expectProblem("judged other cases", "none may judge what another trained on") {
      try ensemble("cv3/fold1", "cv3/fold2")
    }
    expectProblem("judged other cases") { try ensemble("cv3", "run3") }
    expectProblem("named twice") { try ensemble("run3", "run3") }
    expectProblem("not a run") { try ensemble("data") }
    expectProblem("without an end") {
      try Files.writeAtomically(
        "{\"format\": \"voxelzoo_ensemble\", \"method\": \"mean\", \"members\": [{\"path\": \"own.json\", \"weight\": 1}]}",
        to: "\(path)/own.json")
      _ = try Committee(["\(path)/own.json"])
    }
  }
}

@Test func heldBackCasesAreJudgedInSeveralViewsByTheRunsThatHeldThemBack() throws {
  try withFolder { path in
    let data = try Blobs(count: 24).write(to: "\(path)/data")
    try crossValidate(data, to: "\(path)/cv", seed: 3)
    let registries = try builtIn()
    let ensemble = try Ensemble(
      ["\(path)/cv"], data: nil, registries: registries, views: .mirrorings, threads: 2)
    let result = try ensemble.make(.mean, out: "\(path)/views")
    let written = try Predictions(reading: "\(path)/views/predictions.csv", classes: 2)
    let plain = try Predictions(reading: "\(path)/cv/oof.csv", classes: 2)
    #expect(written.names == plain.names && written.labels == plain.labels)
    var judged = 0
    for fold in 1...2 {
      let model = try ModelFile.read("\(path)/cv/fold\(fold)/best.safetensors", layers: registries.layers)
      let all = try Predictor(models: [model], threads: 1, views: .mirrorings).predictions(
        in: data, part: .train, labelled: true)
      let scores = Dictionary(uniqueKeysWithValues: zip(all.names, all.scores))
      for name in try CSVTable(reading: "\(path)/cv/fold\(fold)/validation.csv").column("name") {
        let row = try #require(written.names.firstIndex(of: name))
        #expect(abs(written.scores[row] - (try #require(scores[name]))) < 1e-12)
        judged += 1
      }
    }
    #expect(judged == 24 && written.scores != plain.scores)
    #expect(
      result.comparison.rows[0].contender.evaluation.auc == result.comparison.rows[1].contender.evaluation.auc
    )
  }
}

@Test func aSoupIsOneNetworkWithTheMeanOfTheWeights() throws {
  try withFolder { path in
    let data = try Blobs(count: 32).write(to: "\(path)/data")
    for seed in [3, 4] { try train(data, to: "\(path)/run\(seed)", seed: seed) }
    let registries = try builtIn()
    let ensemble = try Ensemble(
      ["\(path)/run3", "\(path)/run4"], data: nil, registries: registries, threads: 2)
    let result = try ensemble.make(.soup, out: "\(path)/soup")
    let models = try ["run3/best", "run4/best", "soup/soup"].map {
      try ModelFile.read("\(path)/\($0).safetensors", layers: registries.layers)
    }
    for (index, parameter) in models[0].weights.parameters.enumerated()
    where !parameter.name.contains("running") {
      let means = zip(models[0].weights.slice(index), models[1].weights.slice(index)).map { ($0 + $1) / 2 }
      expectClose(Array(models[2].weights.slice(index)), means, absolute: 1e-7, parameter.name)
    }
    // The statistics are taken anew: not the mean of the two, which normalise other activations.
    let statistics = try models.map { Array(try #require($0.weights.slice(named: "norm.running_mean"))) }
    #expect(statistics[2] != zip(statistics[0], statistics[1]).map { ($0 + $1) / 2 })
    // Its figure is that of the file on the cases that were held back.
    let all = try Predictor(models: [models[2]], threads: 1).predictions(
      in: data, part: .train, labelled: true)
    let scores = Dictionary(uniqueKeysWithValues: zip(all.names, all.scores))
    let table = try CSVTable(reading: "\(path)/soup/predictions.csv")
    #expect(try table.numbers("predicted") == table.column("name").map { scores[$0] })
    #expect(result.comparison.rows[2].contender.evaluation.cases == table.rows.count)
    #expect(try predict(data, "\(path)/soup") == predict(data, "\(path)/soup/soup.safetensors"))
  }
}
