import ZooData
import ZooEngine
import ZooFormats
import ZooGraph
import ZooTraining

/// Writes down a run for TensorBoard.
final class TensorBoardTracker: RunTracker {
  private let run: TrainingRun
  private var file: EventFile?
  private var counter = StepCounter()
  private var lastStep = 0

  init(_ run: TrainingRun) { self.run = run }

  /// Training samples that are drawn.
  private static let samples = 4

  func hear(_ event: TrainingEvent) throws {
    switch event {
    case .started(let start): try begin(start)
    case .step(let step):
      guard let done = counter.take(step) else { return }
      lastStep = done.step
      try add([("loss/step", done.loss), ("samples_per_second", step.samplesPerSecond)])
      try file?.flushNowAndThen()
    case .epoch(let result):
      try add(EpochFigures.named(result))
      file?.add(.summary(try histograms()), step: lastStep)
      try file?.flush()
    case .averaged(let result): try add(EpochFigures.named(result))
    case .stopped: break
    case .finished(let result):
      if result.stopped != .request { try add(EpochFigures.final(result)) }
      try result.stopped == .request ? file?.flush() : end(isSuccess: true)
    }
  }

  func hear(failure: any Error) {
    // The training has failed already: that this is not written down changes nothing.
    try? end(isSuccess: false)
  }

  private func begin(_ start: TrainingEvent.Start) throws {
    counter = StepCounter(batches: start.steps, accumulated: start.accumulated)
    lastStep = counter.steps(afterEpochs: start.earlier.count, batches: start.batchesDone)
    let file = try EventFile(in: run.folder.tensorBoardPath, from: lastStep > 0 ? lastStep + 1 : 0)
    self.file = file
    guard file.isFirst else { return }
    let hyperparameters = Hyperparameters(run.configuration).start(at: EventFile.now)
    var values = [
      try TensorBoardValue("_hparams_/session_start_info", .hyperparameters(hyperparameters))
    ]
    for sample in try run.trainer.firstSamples(Self.samples) {
      values.append(try TensorBoardValue("samples/\(sample.name)", .image(PNGImage(centreSlicesOf: sample))))
    }
    file.add(.summary(values), step: 0)
    try file.flush()
  }

  private func end(isSuccess: Bool) throws {
    let content = Hyperparameters.end(at: EventFile.now, isSuccess: isSuccess)
    file?.add(
      .summary([try TensorBoardValue("_hparams_/session_end_info", .hyperparameters(content))]),
      step: lastStep)
    try file?.flush()
  }

  /// Adds scalars, those that are known.
  private func add(_ scalars: [(tag: String, value: Double?)]) throws {
    let values = try scalars.compactMap { tag, value in
      try value.map { try TensorBoardValue(tag, .scalar($0)) }
    }
    file?.add(.summary(values), step: lastStep)
  }

  /// How the values of every parameter are spread.
  private func histograms() throws -> [TensorBoardValue] {
    let weights = run.trainer.weights
    let arrays = weights.parameters.indices.map { Values(array: UnsafeBufferPointer(weights.slice($0))) }
    let spread = try Parallel.map(arrays, threads: run.configuration.options.threads) {
      Histogram($0.array)
    }
    return try zip(weights.parameters, spread).compactMap { parameter, histogram in
      try histogram.map { try TensorBoardValue("weights/\(parameter.name)", .histogram($0)) }
    }
  }
}

/// A parameter's values, which nobody writes to while they are read: the training waits for its listeners.
private struct Values: @unchecked Sendable {
  let array: UnsafeBufferPointer<Float>
}
