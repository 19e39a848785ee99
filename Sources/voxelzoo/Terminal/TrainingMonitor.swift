import ZooEngine
import ZooReport
import ZooTraining

/// Says how a training goes: a bar within an epoch, a line after it.
final class TrainingMonitor {
  private let name: String
  private let progress = Progress()
  private var start: TrainingEvent.Start?
  private var seconds = 0.0

  /// A monitor for a training that is called `name`.
  init(_ name: String) { self.name = name }

  /// Takes what the trainer tells.
  func hear(_ event: TrainingEvent) {
    switch event {
    case .started(let start): begin(start)
    case .step(let step): show(step)
    case .epoch(let result): show(result)
    case .stopped(.target): note("the validation AUC that was asked for is reached: stopped")
    case .averaged(let result): show(result)
    case .stopped(.patience): note("no better epoch for a while: stopped")
    case .stopped(.request), .finished: close()
    }
  }

  /// Clears the bar, so that other lines can follow.
  func close() { progress.clear() }

  private func begin(_ start: TrainingEvent.Start) {
    self.start = start
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

  private func show(_ result: AverageResult) {
    let auc = result.validationAUC.map { Format.fixed($0, 4) } ?? Format.none
    let epochs = result.epochs.map { "\($0)" }.joined(separator: ", ")
    note(
      "mean of epochs \(epochs)  validation loss \(Format.fixed(result.validationLoss, 4))  "
        + "validation AUC \(auc)")
  }

  private func show(_ step: TrainingEvent.Step) {
    guard let start else { return }
    let left = Double((step.of - step.step) * start.batch) / max(step.samplesPerSecond, 1e-9)
    progress.show(
      ProgressLine(
        "\(name) epoch \(step.epoch)/\(start.epochs)", done: step.step * start.batch,
        of: step.of * start.batch,
        rate: step.samplesPerSecond, secondsLeft: left, loss: step.loss))
  }

  private func show(_ result: EpochResult) {
    guard let start else { return }
    seconds += result.seconds
    let left = seconds / Double(result.epoch) * Double(start.epochs - result.epoch)
    let figures = [
      "epoch \(result.epoch)/\(start.epochs)", "loss \(Format.fixed(result.loss, 4))",
      "validation loss \(Format.fixed(result.validationLoss, 4))",
      "validation AUC \(result.validationAUC.map { Format.fixed($0, 4) } ?? Format.none)"
        + (result.isBest ? " *" : "  "),
      Format.seconds(result.seconds),
      result.epoch < start.epochs ? "\(Format.seconds(left.rounded())) left" : "",
    ]
    note(figures.filter { !$0.isEmpty }.joined(separator: "  "))
  }

  private func note(_ text: String) {
    progress.clear()
    Console.note("\(name): \(text)")
  }
}
