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
      .platt, on: Calibration.heldBack(of: "\(path)/run"), sensitivity: 0.8, at: "run")
    model.calibration = calibration
    try model.write(to: "\(path)/carried.safetensors")
    let carried = try ModelFile.read("\(path)/carried.safetensors", layers: registries.layers)
    #expect(carried.calibration == calibration)
    #expect(try predict(carried) == plain.map { calibration.probabilities(of: $0) })
    #expect(try Calibration.heldBack(of: "\(path)/run/best.safetensors").names.count == calibration.cases)
    expectProblem("nothing is known of cases that were held back") {
      try Calibration.heldBack(of: "\(path)/carried.safetensors")
    }
  }
}
