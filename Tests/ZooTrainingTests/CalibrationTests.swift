import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooStatistics
import ZooTraining

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Predictions that are twice as bold as they should be: logits of ±2 that come true as often as ±1 would.
private func bold() -> Predictions {
  var draws = Seed(3).stream()
  let labels = (0..<4000).map { _ in draws.unit() < 0.5 ? 1 : 0 }
  let rows = labels.map { label -> [Double] in
    let logit = 2 * (label == 1 ? 1.0 : -1) + 2 * 2.0.squareRoot() * draws.normal()
    let p = 1 / (1 + exp(-logit))
    return [1 - p, p]
  }
  return Predictions(names: labels.indices.map { "case\($0)" }, labels: labels, probabilities: rows)
}

@Test func boldProbabilitiesAreMadeModest() throws {
  let predictions = bold()
  let labels = try predictions.knownLabels()
  func loss(_ rows: [[Double]]) throws -> Double {
    try #require(ScoringRule.logLoss(probabilities: rows, labels: labels))
  }
  for kind in Calibration.Kind.allCases {
    let calibration = try Calibration(kind, on: predictions, sensitivity: 0.9, at: "here")
    let rows = predictions.probabilities.map { calibration.probabilities(of: $0) }
    #expect(rows.allSatisfy { abs($0[0] + $0[1] - 1) < 1e-12 && $0[1] >= 0 && $0[1] <= 1 })
    // Logits with means ±2 and variance 8 in their classes have log odds of half their size.
    if case .temperature(let scaling) = calibration.method { #expect(abs(scaling.temperature - 2) < 0.15) }
    if case .platt(let scaling) = calibration.method { #expect(abs(scaling.slope - 0.5) < 0.04) }
    #expect(try loss(rows) < loss(predictions.probabilities) - 0.05)
    let threshold = try #require(calibration.threshold)
    let called = zip(rows, labels).filter { $1 == 1 }.map { $0.0[1] >= threshold.value }
    #expect(abs(Double(called.count { $0 }) / Double(called.count) - 0.9) < 0.001)
    #expect(threshold.interval.contains(threshold.value))
    #expect(calibration.summary.contains("4000 held-back cases; sensitivity 0.9 from"))
  }
}

@Test func plattScalingDoesNotTurnScoresRound() throws {
  let right = bold()
  let wrong = Predictions(
    names: right.names, labels: right.labels, probabilities: right.probabilities.map { $0.reversed() })
  expectProblem("there: Platt scaling would turn the order of the cases round", "a slope of -0.") {
    try Calibration(.platt, on: wrong, at: "there")
  }
}

@Test func aModelCarriesItsCalibration() throws {
  try withFolder { path in
    let data = try Blobs(count: 40, isSeparable: false).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    let architecture = try tinyNetwork()
    let registries = try builtIn()
    let run = try TrainingRun(
      architecture, on: TrainingRun.read(data, for: architecture, options: options, registries: registries),
      from: data.path, options: options, registries: registries, to: RunFolder("\(path)/run"))
    try run.train { _ in }
    var model = try ModelFile.read(RunFolder.modelFile(of: "\(path)/run"), layers: registries.layers)
    func predict(_ model: ModelFile) throws -> [[Double]] {
      try Predictor(models: [model], threads: 1).predictions(in: data, part: .train, labelled: true)
        .probabilities
    }
    let plain = try predict(model)
    let calibration = try Calibration(
      .platt, on: Calibration.heldBack(of: "\(path)/run").predictions, sensitivity: 0.8, at: "run")
    model.calibration = calibration
    try model.write(to: "\(path)/carried.safetensors")
    let carried = try ModelFile.read("\(path)/carried.safetensors", layers: registries.layers)
    #expect(carried.calibration == calibration)
    #expect(try predict(carried) == plain.map { calibration.probabilities(of: $0) })
    let held = try Calibration.heldBack(of: "\(path)/run/best.safetensors")
    #expect(held.predictions.names.count == calibration.cases && held.folds == 1)
    expectProblem("nothing is known of cases that were held back") {
      try Calibration.heldBack(of: "\(path)/carried.safetensors")
    }
  }
}

@Test func aFoldIsCalibratedOnTheCasesOfAllFolds() throws {
  try withFolder { path in
    let data = try Blobs(count: 40, isSeparable: false).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    let (architecture, registries) = (try tinyNetwork(), try builtIn())
    let validation = try CrossValidation(
      data: data, out: "\(path)/cv", options: options, folds: 3, seeds: 2, registries: registries)
    _ = try validation.run(
      architecture,
      reading: {
        try TrainingRun.read(data, for: architecture, options: options, registries: registries)
      }, shouldStop: { false }, onEvent: { _, _ in })
    for name in ["seed1/fold1", "seed1/fold2", "seed2/fold3"] {
      let own = try RunFolder("\(path)/cv/\(name)").open()
      for place in ["", "/", "/best.safetensors"] {
        let (predictions, folds) = try Calibration.heldBack(of: "\(path)/cv/\(name)\(place)")
        // Each case once, as the run itself has predicted those that it held back.
        #expect(folds == 3 && predictions.names.count == 40 && Set(predictions.names).count == 40)
        let rows = Dictionary(uniqueKeysWithValues: zip(predictions.names, predictions.probabilities))
        #expect(own.predictions.names.map { rows[$0] } == own.predictions.probabilities.map { $0 })
      }
    }
    expectProblem("name one of its runs") { try RunFolder.modelFile(of: "\(path)/cv") }
  }
}

@Test func anEndThatIsNotKnownIsSaidSo() {
  func summary(_ interval: ClosedRange<Double>) -> String {
    Calibration(
      method: .platt(PlattScaling(slope: 1, intercept: 0)), cases: 9,
      threshold: .init(sensitivity: 0.9, value: 0.3, interval: interval)
    ).summary
  }
  #expect(summary(0...0.44).hasSuffix("(95 % interval unknown – 0.44)"))
  #expect(summary(0.2...1).hasSuffix("(95 % interval 0.2 – unknown)"))
}
