import ZooCore
import ZooData
import ZooEngine
import ZooGraph
import ZooModels

extension Trainer {
  /// Trains; `onEvent` hears what happens, on the calling thread, and ends the training by throwing.
  ///
  /// `shouldStop` is asked after every step of the optimizer; once it says yes the training ends with the best epoch so far, and with a
  /// `Problem` if there is none yet. A loss that is no number any more is a `Problem` too.
  public func train(
    shouldStop: () -> Bool = { false }, onEvent: (TrainingEvent) throws -> Void
  ) throws -> TrainingResult {
    try onEvent(.started(start))
    var stopped: StopReason?
    while progress.epoch <= options.epochs, stopped == nil {
      guard let result = try trainEpoch(shouldStop: shouldStop, onEvent: onEvent) else {
        stopped = .request
        break
      }
      progress.finish(result)
      try onEvent(.epoch(result))
      stopped = reason(toStopAfter: result)
    }
    let epochs = progress.epochs
    let average = stopped == .request ? nil : try deliverAverage()
    if let stopped { try onEvent(.stopped(stopped)) }
    guard let best else {
      throw Problem("stopped before the first epoch was done", next: "the same command goes on")
    }
    if let average { try onEvent(.averaged(average)) }
    let result = TrainingResult(
      best: best.result, average: average, epochs: epochs, predictions: best.predictions,
      evaluation: try Evaluation(best.predictions), trainingCases: split.training.count,
      seconds: epochs.reduce(0) { $0 + $1.seconds }, stopped: stopped)
    try onEvent(.finished(result))
    return result
  }

  /// Why there shall be no more epochs after one; nil if there may be, and after the last.
  private func reason(toStopAfter result: EpochResult) -> StopReason? {
    if let target = options.targetAUC, let auc = result.validationAUC, auc >= target { return .target }
    guard let patience = options.patience, let best, result.epoch < options.epochs,
      result.epoch - best.result.epoch >= patience
    else { return nil }
    return .patience
  }

  private var start: TrainingEvent.Start {
    func counts(_ indices: [Int]) -> [Int] {
      Evaluation.counts(of: indices.compactMap { dataset.cases[$0].label }, classes: architecture.classes)
    }
    let (trainingCounts, validationCounts) = (counts(split.training), counts(split.validation))
    var notes = trainingCounts.indices.filter { trainingCounts[$0] == 0 }.map {
      "there is no case of class \($0) to train on"
    }
    for note in Evaluation.notes(counts: validationCounts) {
      notes.append("validation \(note); epochs are judged by validation loss")
    }
    notes += notesOfStart
    if options.pseudo != nil {
      let left = split.leftOut == 0 ? "" : "; \(split.leftOut) left out, of patients that are validated on"
      notes.append("learning from \(split.pseudo.count) volumes with pseudo labels too\(left)")
    }
    if network.plan.repeatsForMemory {
      let repeated = Int((network.plan.repeatedShare * 100).rounded(.up))
      notes.append(
        "to stay within the memory limit, layers are computed twice: \(repeated) % more multiply-adds a step")
    }
    return TrainingEvent.Start(
      forecast: forecast, parameters: graph.trainableCount, frozen: frozenCount,
      trainingCounts: trainingCounts,
      validationCounts: validationCounts, epochs: options.epochs, steps: training.source.batchCount,
      batch: training.source.batchSize, accumulated: options.update.accumulate,
      earlier: progress.epochs, batchesDone: progress.batches, notes: notes)
  }

  /// What is left of an epoch, with its validation; nil where it was asked to stop.
  private func trainEpoch(
    shouldStop: () -> Bool, onEvent: (TrainingEvent) throws -> Void
  ) throws -> EpochResult? {
    let (epoch, first, earlier) = (progress.epoch, progress.batches, progress.seconds)
    let begin = ContinuousClock.now
    func seconds() -> Double { begin.duration(to: .now) / .seconds(1) }
    let batches = training.source.batchCount
    let perStep = options.update.accumulate
    let steps = (batches + perStep - 1) / perStep
    let size = training.source.batchSize
    var done = first
    var isStopped = false
    do {
      try training.forEachBatch(ofEpoch: epoch, from: first) { batch in
        let step = (epoch - 1) * steps + done / perStep
        let rate =
          options.learningRate
          * schedule.factor(at: step, of: options.epochs * steps, stepsPerEpoch: steps)
        let number = (epoch - 1) * batches + done
        done += 1
        let isStep = done.isMultiple(of: perStep) || done == batches
        let loss = try learn(from: batch, number: number, isStep: isStep, rate: rate)
        guard let loss else { throw diverged(at: "epoch \(epoch), step \(done)") }
        progress.batches = done
        progress.lossSum += loss
        progress.rate = rate
        try onEvent(
          .step(
            .init(
              epoch: epoch, step: done, of: batches, loss: loss,
              samplesPerSecond: Double((done - first) * size) / max(seconds(), 1e-9))))
        if isStep, shouldStop() { throw Stop() }
      }
    } catch is Stop { isStopped = true }
    if isStopped {
      progress.seconds = earlier + seconds()
      return nil
    }
    return try judge(
      epoch: epoch, loss: progress.lossSum / Double(batches), rate: progress.rate,
      seconds: { earlier + seconds() })
  }

  /// Thrown through the loader to end an epoch.
  private struct Stop: Error {}

  /// One batch: forward, loss, backward, and new parameters where it is the last before a step. Returns the loss; nil where
  /// it or the gradient is no finite number any more.
  private func learn(from batch: Batch, number: Int, isStep: Bool, rate: Double) throws -> Double? {
    _ = network.input.update(fromContentsOf: batch.voxels)
    try network.forward(
      samples: batch.count, dropoutKey: options.root.child("dropout").child(number).bits)
    let targets = UnsafeBufferPointer(batch.targets)
    let value = loss.evaluate(
      logits: UnsafeBufferPointer(network.output), targets: targets, gradient: network.outputGradient)
    guard value.isFinite else { return nil }
    try network.backward()
    do {
      try update.take(network, weight: loss.weight(of: targets), isStep: isStep, rate: rate)
    } catch is WeightUpdate.Divergence { return nil }
    if calibration == nil { network.updateRunningStatistics() }
    return value
  }
}
