import Testing
import ZooCore
import ZooData
import ZooEngine
import ZooFormats
import ZooGraph
import ZooModels
import ZooTestSupport
import ZooTraining

/// A network without batch norm and dropout.
private func plainNetwork() throws -> Architecture {
  try Architecture.parse(
    [
      "name": "plain", "classes": 2, "input": ["size": 8, "mask": "multiply"],
      "layers": [
        ["type": "scale", "factor": 0.0078125, "offset": -1],
        ["type": "conv3d", "name": "one", "filters": 6, "kernel": 3], ["type": "relu"],
        ["type": "global_avg_pool"], ["type": "dense", "name": "head", "units": 2], ["type": "softmax"],
      ],
    ], at: "plain.json")
}

/// All values of a model.
private func values(_ trainer: Trainer) throws -> [Float] {
  Array(try #require(trainer.bestModel).weights.values)
}

@Test(arguments: [1, 2, 3])
func smallBatchesAccumulatedAreALargeOne(_ threads: Int) throws {
  let blobs = Blobs(count: 48)
  let split = Split(training: Array(0..<36), validation: Array(36..<48))
  var options = quickOptions()
  options.epochs = 2
  options.optimizer = "sgd"
  options.classWeights = .given([0.5, 2])
  options.threads = threads
  func train(batch: Int, accumulate: Int) throws -> [Float] {
    options.batch = batch
    options.update.accumulate = accumulate
    let trainer = try trainer(blobs, plainNetwork(), options: options, split: split)
    var start: TrainingEvent.Start?
    _ = try trainer.train { if case .started(let one) = $0 { start = one } }
    #expect(start?.steps == 36 / batch)
    #expect(start?.accumulated == accumulate)
    return try values(trainer)
  }
  let large = try train(batch: 18, accumulate: 1)
  expectClose(
    try train(batch: 6, accumulate: 3), large, absolute: 1e-6, relative: 1e-5, "three batches of 6")
  let small = try train(batch: 6, accumulate: 1)
  #expect(zip(small, large).contains { abs($0 - $1) > 1e-3 })
}

@Test func anAverageOfWeightsIsWhatIsKept() throws {
  var options = quickOptions()
  options.epochs = 3
  let plain = try trainer(options: options)
  _ = try plain.train { _ in }
  // With decay 0 the average is the last step's weights.
  options.averaging.decay = 0
  let same = try trainer(options: options)
  _ = try same.train { _ in }
  #expect(try values(same) == values(plain))
  options.averaging.decay = 0.9
  var all: [[Float]] = []
  var figures: [[Double]] = []
  for threads in [1, 2, 3] {
    options.threads = threads
    let trainer = try trainer(options: options)
    let result = try trainer.train { _ in }
    all.append(try values(trainer))
    figures.append(result.epochs.flatMap { [$0.loss, $0.validationLoss] })
  }
  #expect(all[0] == all[1] && all[0] == all[2] && figures[0] == figures[1] && figures[0] == figures[2])
  #expect(try all[0] != values(plain))
}

@Test func theMovingAverageLeavesTheStepsAlone() throws {
  var options = quickOptions()
  options.epochs = 3
  func losses(decay: Double?) throws -> [Double] {
    options.averaging.decay = decay
    return try trainer(options: options).train { _ in }.epochs.map(\.loss)
  }
  #expect(try losses(decay: nil) == losses(decay: 0.99))
  options.calibrationBatches = 0
  #expect(try losses(decay: nil) == losses(decay: 0.99))
}

@Test(arguments: ["last:2", "best:2", "last:100"])
func theMeanOfEpochsIsDelivered(_ text: String) throws {
  var options = quickOptions()
  options.epochs = 4
  options.schedule = "constant"
  options.averaging.epochs = try EpochChoice(text)
  // Every epoch's weights come out where it is the last one and nothing else is kept.
  var ends: [[Float]] = []
  for epochs in 1...4 {
    var single = options
    single.epochs = epochs
    ends.append(try lastWeights(single))
  }
  try withFolder { path in
    let data = try Blobs().write(to: "\(path)/data")
    let (architecture, registries) = (try tinyNetwork(), try builtIn())
    let run = try TrainingRun(
      architecture,
      on: TrainingRun.read(data, for: architecture, options: options, registries: registries),
      from: data.path, options: options, registries: registries, to: RunFolder("\(path)/run"))
    var heard: AverageResult?
    let result = try run.train { if case .averaged(let one) = $0 { heard = one } }
    let average = try #require(result.average)
    #expect(heard == average && average.validationAUC == result.evaluation.auc)
    #expect(result.validationLoss == average.validationLoss)
    let ranked = result.epochs.sorted {
      ($0.validationAUC ?? 0, -$0.validationLoss) > ($1.validationAUC ?? 0, -$1.validationLoss)
    }
    let expected =
      ["last:2": [3, 4], "best:2": ranked.prefix(2).map(\.epoch).sorted()][text] ?? [1, 2, 3, 4]
    #expect(average.epochs == expected)

    let finished = try run.folder.open()
    #expect(finished.evaluation.auc == result.evaluation.auc)
    let model = try ModelFile.read(run.folder.modelPath, layers: registries.layers)
    let file = try Files.text(of: run.folder.resultPath)
    #expect(file.contains("averaged_epochs") && file.contains("best_epoch_auc"))
    // Statistics are taken anew; all else is the mean.
    for (index, parameter) in model.weights.parameters.enumerated() where parameter.isTrainable {
      let range = model.weights.starts[index]..<model.weights.starts[index] + parameter.count
      let mean = range.map { n in
        Float(expected.reduce(0) { $0 + Double(ends[$1 - 1][n]) } / Double(expected.count))
      }
      expectClose(Array(model.weights.slice(index)), mean, absolute: 1e-7, "\(parameter.name)")
    }
    let all = try Predictor(models: [model], threads: 2).predictions(in: data, part: .train, labelled: true)
    let scores = Dictionary(uniqueKeysWithValues: zip(all.names, all.scores))
    #expect(finished.predictions.names.map { scores[$0] } == finished.predictions.scores)
  }
}

/// The weights at the end of a training's last epoch.
private func lastWeights(_ options: TrainingOptions) throws -> [Float] {
  var options = options
  options.averaging.epochs = try EpochChoice("last:1")
  let trainer = try trainer(options: options)
  #expect(try trainer.train { _ in }.average?.epochs == [options.epochs])
  return try values(trainer)
}

@Test func trainingStopsAtItsTarget() throws {
  var options = quickOptions()
  options.epochs = 40
  options.targetAUC = 0.8
  let result = try trainer(options: options).train { _ in }
  #expect(result.stopped == .target && result.epochs.count < 40)
  #expect(
    result.epochs.map { ($0.validationAUC ?? 0) >= 0.8 } == result.epochs.map { $0 == result.epochs.last })
  #expect(result.best == result.epochs.last)
}

@Test func wrongEpochsAreRefused() {
  for text in ["last", "last:0", "first:3", "best:x", "last:3:4", "best:101"] {
    expectProblem("--average: wrong epochs", "last:N or best:N", "\"\(text)\"") { try EpochChoice(text) }
  }
}
