import Testing
import ZooCore
import ZooData
import ZooEngine
import ZooModels
import ZooTraining

/// The weights of a model as bits.
private func bits(_ model: ModelFile?) throws -> [UInt32] {
  try #require(model).weights.values.map(\.bitPattern)
}

@Test(arguments: [false, true])
func aTinyNetworkLearnsASeparableProblem(_ sigmoid: Bool) throws {
  let result = try trainer(Blobs(count: 64), tinyNetwork(sigmoid: sigmoid)).train { _ in }
  let auc = try #require(result.evaluation.auc)
  #expect(auc > 0.95)
  #expect(result.epochs.last.map { $0.loss < result.epochs[0].loss } ?? false)
  #expect(result.best.isBest && result.best.validationAUC == auc)
}

@Test func threeClassesAreLearnedToo() throws {
  let result = try trainer(Blobs(count: 72, classes: 3), tinyNetwork(classes: 3)).train { _ in }
  #expect(try #require(result.evaluation.auc) > 0.9)
  let interval = try #require(result.evaluation.interval)
  #expect(try interval.contains(#require(result.evaluation.auc)))
}

@Test func labelsThatMeanNothingAreNotLearned() throws {
  // If a validation case had any way into training, this would be near 1.
  var options = quickOptions()
  options.epochs = 1
  let result = try trainer(Blobs(count: 160, isSeparable: false), options: options).train { _ in }
  let auc = try #require(result.evaluation.auc)
  #expect((0.2...0.8).contains(auc))
}

@Test func theNumberOfThreadsChangesNoBit() throws {
  var options = quickOptions()
  options.epochs = 2
  options.augmentation = "standard"
  var all: [[UInt32]] = []
  var epochs: [[Double]] = []
  for threads in [1, 2, 3] {
    options.threads = threads
    let trainer = try trainer(options: options)
    let result = try trainer.train { _ in }
    all.append(try bits(trainer.bestModel))
    epochs.append(result.epochs.flatMap { [$0.loss, $0.validationLoss, $0.validationAUC ?? -1] })
  }
  #expect(all[0] == all[1] && all[0] == all[2])
  #expect(epochs[0] == epochs[1] && epochs[0] == epochs[2])
  options.seed = 4
  let other = try trainer(options: options)
  _ = try other.train { _ in }
  #expect(try bits(other.bestModel) != all[0])
}

@Test func theBestEpochIsKept() throws {
  var best: (EpochResult, [UInt32])?
  let trainer = try trainer()
  let result = try trainer.train { event in
    guard case .epoch(let epoch) = event, epoch.isBest else { return }
    best = (epoch, try bits(trainer.bestModel))
  }
  let kept = try #require(best)
  #expect(result.best == kept.0)
  #expect(try bits(trainer.bestModel) == kept.1)
  let aucs = result.epochs.compactMap(\.validationAUC)
  #expect(result.best.validationAUC == aucs.max())
  let equals = result.epochs.filter { $0.validationAUC == aucs.max() }
  #expect(result.best.validationLoss == equals.map(\.validationLoss).min())
}

@Test func earlyStoppingWaitsForAsLongAsItSays() throws {
  var options = quickOptions()
  options.epochs = 40
  options.patience = 2
  options.learningRate = 1e-9  // Nothing is learned, so nothing gets better for long.
  options.calibrationBatches = 0
  var stops: [StopReason] = []
  let result = try trainer(options: options).train { if case .stopped(let why) = $0 { stops.append(why) } }
  #expect(stops == [.patience] && result.stopped == .patience)
  #expect(result.epochs.count == result.best.epoch + 2)
  #expect(result.epochs.count < 40)
}

@Test func aTrainingStopsWhenAsked() throws {
  var steps = 0
  let count = { (event: TrainingEvent) in if case .step = event { steps += 1 } }
  let result = try trainer().train(shouldStop: { steps >= 7 }, onEvent: count)
  // 36 training cases are four batches of 8 an epoch; the second epoch is not finished.
  #expect(steps == 7 && result.epochs.count == 1 && result.stopped == .request)
  expectProblem("stopped before the first epoch") {
    try trainer().train(shouldStop: { true }, onEvent: count)
  }
}

@Test func oneClassInValidationHasNoAUCAndSaysSo() throws {
  let cases = Blobs().cases()
  // The other cases of these patients are on neither side.
  let negative = Array(cases.indices.filter { cases[$0].label == 0 }.suffix(10))
  let patients = Set(negative.map { cases[$0].patient })
  let split = Split(
    training: cases.indices.filter { !patients.contains(cases[$0].patient) }, validation: negative)
  var notes: [String] = []
  let result = try trainer(split: split).train { if case .started(let start) = $0 { notes = start.notes } }
  #expect(
    notes == [
      "validation AUC is undefined: there is no case of class 1 among the 10 cases; epochs are judged by validation loss"
    ])
  #expect(
    result.best.validationAUC == nil && result.evaluation.auc == nil && result.evaluation.interval == nil)
  #expect(result.best.validationLoss == result.epochs.map(\.validationLoss).min())
}

@Test func aLossThatIsNoNumberStopsTheTraining() throws {
  var options = quickOptions()
  options.optimizer = "sgd"
  options.learningRate = 1e6
  expectProblem("tiny: epoch ", "no finite number", "smaller learning rate") {
    try trainer(options: options).train { _ in }
  }
}

@Test func labelsOutsideTheClassesAreRefused() throws {
  let blobs = Blobs(count: 24, classes: 3)
  let split = Split(training: Array(0..<18), validation: Array(18..<24))
  expectProblem("label 2 of case \"case2\" is no class of tiny", "0 to 1") {
    try trainer(blobs, split: split)
  }
}

@Test func aLossHasToFitTheNetwork() throws {
  var options = quickOptions()
  options.loss = "binary_cross_entropy"
  expectProblem("binary_cross_entropy does not fit", "expected 1 outputs, found 2") {
    try trainer(options: options)
  }
  options.loss = nil
  options.optimizer = "adm"
  expectProblem("unknown optimizer", "did you mean \"adam\"") { try trainer(options: options) }
  options.optimizer = "sgd"
  options.weightDecay = 0.1
  expectProblem("unknown key \"weight_decay\"") { try trainer(options: options) }
}

@Test func fewerCasesThanABatchAreOneBatch() throws {
  var options = quickOptions()
  options.epochs = 1
  options.batch = 1000
  var start: TrainingEvent.Start?
  _ = try trainer(options: options).train { if case .started(let one) = $0 { start = one } }
  let known = try #require(start)
  #expect(known.steps == 1 && known.batch == known.trainingCounts.reduce(0, +))
  #expect(known.parameters == 6 * 27 + 12 + 6 * 27 * 8 + 8 + 18)
  #expect(known.forecast.total > 0)
}

/// Without calibration the running averages keep most of where they started; with it they are the training data's.
@Test func calibrationTakesTheStatisticsOfTrainingData() throws {
  var options = quickOptions()
  options.epochs = 1
  func mean(_ batches: Int) throws -> [Float] {
    options.calibrationBatches = batches
    let trainer = try trainer(options: options)
    _ = try trainer.train { _ in }
    return Array(try #require(trainer.bestModel?.weights.slice(named: "norm.running_mean")))
  }
  let (lagging, one, all) = (try mean(0), try mean(1), try mean(100))
  let size = { (values: [Float]) in values.map { abs($0) }.reduce(0, +) }
  #expect(size(lagging) < 0.2 * size(all))
  #expect(size(one) > 0.5 * size(all) && one != all)
}

/// No event of training ever shows a validation case: whatever the validation volumes are, the weights are the same.
@Test func theValidationPartTeachesNothing() throws {
  var options = quickOptions()
  options.epochs = 1
  options.augmentation = "standard"
  let registries = try builtIn()
  let architecture = try tinyNetwork()
  let format = try Trainer.sampleFormat(for: architecture, options: options, registries: registries)
  func weights(validating seed: Int) throws -> [UInt32] {
    let (blobs, others) = (Blobs(), Blobs(seed: seed))
    let split = try options.split(of: blobs.dataset(format))
    let judged = Set(split.validation)
    let crops = (0..<blobs.count).map { index in
      let (voxels, mask, _) = (judged.contains(index) ? others : blobs).volume(index)
      return Crop(bytes: voxels, axes: Blobs.axes, mask: mask, format: format)
    }
    let dataset = Dataset(place: "blobs", cases: blobs.cases(), crops: crops, format: format)
    let trainer = try Trainer(
      architecture: architecture, dataset: dataset, split: split, options: options, registries: registries)
    _ = try trainer.train { _ in }
    return try bits(trainer.bestModel)
  }
  #expect(try weights(validating: 1) == weights(validating: 99))
}
