import Testing
import ZooCore
import ZooTraining

@Test func optionsSurviveJSON() throws {
  var options = TrainingOptions()
  #expect(try TrainingOptions(options.json, at: "options") == options)
  options.epochs = 7
  options.batch = 5
  options.optimizer = "adamw"
  options.optimizerOptions = ["beta1": 0.8]
  options.learningRate = 2e-4
  options.schedule = "step"
  options.scheduleOptions = ["every": 3]
  options.warmupEpochs = 0.5
  options.loss = "cross_entropy"
  options.labelSmoothing = 0.1
  options.classWeights = .given([1, 2.5])
  options.l2 = 1e-5
  options.weightDecay = 0.02
  options.augmentation = "standard"
  options.seed = 12
  options.threads = 2
  options.patience = 4
  options.targetAUC = 0.8
  options.update.clipNorm = 1.5
  options.update.accumulate = 4
  options.averaging.decay = 0.99
  options.averaging.epochs = try EpochChoice("best:3")
  options.validationShare = 0.3
  options.fold = try Fold("2/5")
  options.calibrationBatches = 3
  let text = options.json.text()
  let back = try TrainingOptions(JSONValue(parsing: Array(text.utf8), from: "o.json"), at: "o.json")
  #expect(back == options)
}

@Test func wrongOptionsAreRefused() throws {
  expectProblem("options: unknown key \"epoch\"", "did you mean \"epochs\"") {
    try TrainingOptions(["epoch": 3], at: "options")
  }
  expectProblem("options.batch", "from 1") { try TrainingOptions(["batch": 0], at: "options") }
  expectProblem("options.accumulate", "from 1") { try TrainingOptions(["accumulate": 0], at: "options") }
  expectProblem("options.ema", "number from 0") { try TrainingOptions(["ema": 1], at: "options") }
  expectProblem("options.average", "last:5") { try TrainingOptions(["average": "3"], at: "options") }
  expectProblem("options.class_weights") { try TrainingOptions(["class_weights": "even"], at: "options") }
  var options = TrainingOptions()
  options.learningRate = -1
  expectProblem("--options.learning_rate") { try options.validate(at: "--options") }
}

@Test func classWeightsReadWhatPeopleType() throws {
  #expect(try ClassWeights(text: "balanced", at: "--class-weights") == .balanced)
  #expect(try ClassWeights(text: "1,2.5", at: "--class-weights") == .given([1, 2.5]))
  expectProblem("--class-weights", "wrong class weights") {
    try ClassWeights(text: "1;2", at: "--class-weights")
  }
}
