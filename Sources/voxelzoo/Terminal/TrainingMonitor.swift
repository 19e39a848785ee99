import ZooEngine
import ZooReport
import ZooTraining

/// Says how the trainings of a command go: a bar within an epoch, a line after it.
final class TrainingMonitor {
  private let prefix: String
  private let quiet: QuietOption
  private let progress: Progress
  private var planBegin: ContinuousClock.Instant?
  /// The share of the plan that was done then: a training may go on where it was interrupted.
  private var planBase = 0.0
  private var start: TrainingEvent.Start?
  private var name = ""
  private var subject = ""
  private var epochs: [EpochResult] = []
  /// Sum of the losses of the epoch's batches so far.
  private var lossSum = 0.0
  private var lossCount = 0

  /// A monitor for trainings whose names it writes behind a prefix.
  init(prefix: String = "", quiet: QuietOption) {
    self.prefix = prefix
    self.quiet = quiet
    progress = quiet.progress()
  }

  /// Takes what the trainer of a run tells.
  func hear(_ run: PlannedRun, _ event: TrainingEvent) {
    switch event {
    case .started(let start): begin(run, start)
    case .step(let step): show(step, of: run)
    case .epoch(let result): show(result, of: run)
    case .stopped(.target): note("the validation AUC that was asked for is reached: stopped")
    case .averaged(let result): show(result)
    case .stopped(.patience): note("no better epoch for a while: stopped")
    case .stopped(.request), .finished: close()
    }
  }

  /// Clears the bar, so that other lines can follow.
  func close() { progress.clear() }

  private func begin(_ run: PlannedRun, _ start: TrainingEvent.Start) {
    self.start = start
    name = [prefix, run.name].filter { !$0.isEmpty }.joined(separator: " ")
    subject = run.count > 1 ? "\(name) (\(run.number) of \(run.count))" : name
    epochs = start.earlier
    if run.count > 1 {
      let left = secondsLeft(run, done: 0).map { ", about \(Format.seconds($0.rounded())) left" }
      note("run \(run.number) of \(run.count)\(left ?? "")")
    }
    if planBegin == nil {
      let batches = Double(start.batchesDone) / Double(start.steps)
      (planBegin, planBase) = (.now, run.done((Double(epochs.count) + batches) / Double(start.epochs)))
    }
    let parameters =
      start.frozen == 0
      ? "\(Format.count(start.parameters)) parameters"
      : "\(Format.count(start.parameters)) of \(Format.count(start.parameters + start.frozen)) parameters learn"
    func cases(_ counts: [Int]) -> String {
      "\(Format.count(counts.reduce(0, +))) cases (\(counts.map { Format.count($0) }.joined(separator: " + ")))"
    }
    note(
      "\(parameters), \(Format.bytes(start.forecast.total)); training on "
        + "\(cases(start.trainingCounts)), validating on \(cases(start.validationCounts)); "
        + "\(steps(start)) an epoch")
    for text in start.notes { note(text) }
  }

  private func steps(_ start: TrainingEvent.Start) -> String {
    let count = (start.steps + start.accumulated - 1) / start.accumulated
    let size = start.accumulated > 1 ? "\(start.accumulated) × \(start.batch)" : "\(start.batch)"
    return "\(count) step\(count == 1 ? "" : "s") of \(size)"
  }

  /// Seconds that all trainings of the command still take, once so many epochs of this one are done.
  private func secondsLeft(_ run: PlannedRun, done epochs: Double) -> Double? {
    guard let planBegin, let start else { return nil }
    let elapsed = (ContinuousClock.now - planBegin) / .seconds(1)
    return run.secondsLeft(done: epochs / Double(start.epochs), elapsed: elapsed, since: planBase)
  }

  private func show(_ result: AverageResult) {
    let auc = result.validationAUC.map { Format.fixed($0, 4) } ?? Format.none
    // The last epoch alone has had its line.
    guard result.epochs.count > 1 || result.epochs.last != epochs.last?.epoch else { return }
    let what = result.epochs.count == 1 ? "kept: epoch" : "kept: mean of epochs"
    note(
      "\(what) \(Format.ranges(result.epochs))  validation loss \(Format.fixed(result.validationLoss, 4))  "
        + "validation AUC \(auc)")
  }

  private func show(_ step: TrainingEvent.Step, of run: PlannedRun) {
    guard let start else { return }
    if step.step == 1 { (lossSum, lossCount) = (0, 0) }
    (lossSum, lossCount) = (lossSum + step.loss, lossCount + 1)
    let done = Double(step.epoch - 1) + Double(step.step) / Double(step.of)
    var line = ProgressLine(
      "epoch \(step.epoch)/\(start.epochs)", done: step.step * start.batch, of: step.of * start.batch,
      rate: step.samplesPerSecond, secondsLeft: secondsLeft(run, done: done),
      loss: lossSum / Double(lossCount))
    line.subject = subject
    line.losses = epochs.map(\.loss)
    line.aucs = epochs.compactMap(\.validationAUC)
    progress.show(line)
  }

  private func show(_ result: EpochResult, of run: PlannedRun) {
    guard let start else { return }
    epochs.append(result)
    let isLast = result.epoch == start.epochs && run.number == run.count
    let left = isLast ? nil : secondsLeft(run, done: Double(result.epoch))
    let figures = [
      "epoch \(result.epoch)/\(start.epochs)", "loss \(Format.fixed(result.loss, 4))",
      "validation loss \(Format.fixed(result.validationLoss, 4))",
      "validation AUC \(result.validationAUC.map { Format.fixed($0, 4) } ?? Format.none)"
        + (result.isBest ? " *" : "  "),
      Format.seconds(result.seconds), left.map { "\(Format.seconds($0.rounded())) left" } ?? "",
    ]
    note(figures.filter { !$0.isEmpty }.joined(separator: "  "))
  }

  private func note(_ text: String) {
    progress.clear()
    quiet.note("\(name): \(text)")
  }
}
