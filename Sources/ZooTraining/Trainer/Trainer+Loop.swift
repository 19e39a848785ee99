import ZooCore
import ZooData
import ZooEngine
import ZooGraph
import ZooModels
import ZooStatistics

extension Trainer {
  /// Trains; `onEvent` hears what happens, on the calling thread, and ends the training by throwing.
  ///
  /// `shouldStop` is asked after every step; once it says yes the training ends with the best epoch so far, and with a
  /// `Problem` if there is none yet. A loss that is no number any more is a `Problem` too.
  public func train(
    shouldStop: () -> Bool = { false }, onEvent: (TrainingEvent) throws -> Void
  ) throws -> TrainingResult {
    precondition(best == nil, "a trainer trains once")
    try onEvent(.started(start))
    var epochs: [EpochResult] = []
    var stopped: StopReason?
    for epoch in 1...options.epochs {
      guard let result = try train(epoch: epoch, shouldStop: shouldStop, onEvent: onEvent) else {
        stopped = .request
        break
      }
      epochs.append(result)
      try onEvent(.epoch(result))
      if let patience = options.patience, let best, epoch - best.result.epoch >= patience,
        epoch < options.epochs
      {
        stopped = .patience
        break
      }
    }
    guard let best else {
      throw Problem("stopped before the first epoch was done", next: "start again")
    }
    if let stopped { try onEvent(.stopped(stopped)) }
    let result = TrainingResult(
      best: best.result, epochs: epochs, predictions: best.predictions,
      evaluation: try Evaluation(best.predictions), trainingCases: split.training.count,
      seconds: epochs.reduce(0) { $0 + $1.seconds }, stopped: stopped)
    try onEvent(.finished(result))
    return result
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
    let repeated = Int((network.plan.repeatedShare * 100).rounded(.up))
    if repeated > 0 {
      notes.append(
        "to stay within the memory limit, layers are computed twice: \(repeated) % more multiply-adds a step")
    }
    return TrainingEvent.Start(
      forecast: forecast, parameters: graph.trainableCount, trainingCounts: trainingCounts,
      validationCounts: validationCounts, epochs: options.epochs, steps: training.source.batchCount,
      batch: training.source.batchSize, notes: notes)
  }

  /// One epoch, counted from 1, with its validation; nil where it was asked to stop.
  private func train(
    epoch: Int, shouldStop: () -> Bool, onEvent: (TrainingEvent) throws -> Void
  ) throws -> EpochResult? {
    let begin = ContinuousClock.now
    func seconds() -> Double { begin.duration(to: .now) / .seconds(1) }
    let steps = training.source.batchCount
    let size = training.source.batchSize
    var sum = 0.0
    var rate = options.learningRate
    var step = 0
    var isStopped = false
    do {
      try training.forEachBatch(ofEpoch: epoch) { batch in
        let number = (epoch - 1) * steps + step
        step += 1
        rate =
          options.learningRate
          * schedule.factor(at: number, of: options.epochs * steps, stepsPerEpoch: steps)
        let loss = try learn(from: batch, step: number, rate: rate)
        guard loss.isFinite else { throw diverged(at: "epoch \(epoch), step \(step)") }
        sum += loss
        try onEvent(
          .step(
            .init(
              epoch: epoch, step: step, of: steps, loss: loss,
              samplesPerSecond: Double(step * size) / max(seconds(), 1e-9))))
        if shouldStop() { throw Stop() }
      }
    } catch is Stop { isStopped = true }
    if isStopped { return nil }
    return try judge(epoch: epoch, loss: sum / Double(steps), rate: rate, seconds: seconds)
  }

  /// Thrown through the loader to end an epoch.
  private struct Stop: Error {}

  /// One step: forward, loss, backward, new parameters. Returns the loss.
  private func learn(from batch: Batch, step: Int, rate: Double) throws -> Double {
    _ = network.input.update(fromContentsOf: batch.voxels)
    try network.forward(samples: batch.count, dropoutKey: options.root.child("dropout").child(step).bits)
    let value = evaluateLoss(UnsafeBufferPointer(network.output), targets: UnsafeBufferPointer(batch.targets))
    try network.backward()
    _ = try optimizer.step(
      parameters: weights.values, gradients: UnsafeBufferPointer(network.gradients), learningRate: rate,
      on: network.team)
    network.weightsChanged()
    if calibration == nil { network.updateRunningStatistics() }
    return value
  }

  private func evaluateLoss(_ logits: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>)
    -> Double
  {
    loss.evaluate(logits: logits, targets: targets, gradient: network.outputGradient)
  }

  /// Validates, and keeps the weights if they are the best.
  private func judge(
    epoch: Int, loss: Double, rate: Double, seconds: () -> Double
  ) throws -> EpochResult {
    try calibrate()
    classifier.weightsChanged()
    let (logits, targets) = try classifier.logits(of: validation)
    var gradient = [Float](repeating: 0, count: logits.count)
    let validationLoss = logits.withUnsafeBufferPointer { logits in
      targets.withUnsafeBufferPointer { targets in
        gradient.withUnsafeMutableBufferPointer {
          self.loss.evaluate(logits: logits, targets: targets, gradient: $0)
        }
      }
    }
    guard validationLoss.isFinite else { throw diverged(at: "epoch \(epoch), validation") }
    let probabilities = classifier.probabilities(of: logits)
    let auc = ROC.auc(probabilities: probabilities, labels: try dataset.labels(of: split.validation))
    let isBest = EpochResult.isBetter(
      auc: auc, loss: validationLoss, than: best.map { ($0.result.validationAUC, $0.result.validationLoss) })
    let result = EpochResult(
      epoch: epoch, loss: loss, validationLoss: validationLoss, validationAUC: auc, learningRate: rate,
      seconds: seconds(), isBest: isBest)
    if isBest { try keep(result, probabilities) }
    return result
  }

  /// Takes the batch norms' statistics anew: the mean over some batches of training data as they are.
  ///
  /// With few steps an epoch the running averages lag behind the weights, and the validation with them.
  private func calibrate() throws {
    guard let calibration else { return }
    var count = 0
    try calibration.forEachBatch(ofEpoch: 0) { batch in
      _ = network.input.update(fromContentsOf: batch.voxels)
      try network.forward(samples: batch.count)
      count += 1
      network.updateRunningStatistics(share: 1 / Float(count))
    }
  }

  private func diverged(at place: String) -> Problem {
    Problem(
      "the loss is no finite number any more", at: "\(architecture.name): \(place)",
      next: "use a smaller learning rate, or a warm-up")
  }
}
