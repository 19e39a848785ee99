import ZooCore
import ZooData
import ZooEngine
import ZooModels
import ZooStatistics

extension Trainer {
  /// Validates at the end of an epoch, and keeps the weights if they are the best.
  ///
  /// Where there is a moving average of the weights, it takes their place meanwhile.
  func judge(epoch: Int, loss: Double, rate: Double, seconds: () -> Double) throws -> EpochResult {
    exchangeWithAverage()
    defer { exchangeWithAverage() }
    let validated = try validate(at: "epoch \(epoch)")
    let isBest = EpochResult.isBetter(
      auc: validated.auc, loss: validated.loss,
      than: best.map { ($0.result.validationAUC, $0.result.validationLoss) })
    let result = EpochResult(
      epoch: epoch, loss: loss, validationLoss: validated.loss, validationAUC: validated.auc,
      validationInterval: try interval(of: validated.probabilities), learningRate: rate, seconds: seconds(),
      isBest: isBest)
    if isBest { try keep(result, validated.probabilities) }
    try epochAverage?.take(result, weights)
    latest = (epoch, validated)
    return result
  }

  /// At the end: the mean of the epochs' weights takes the best epoch's place, whichever is better. Nil if none was asked for.
  ///
  /// Choosing between the two by the same validation cases would flatter the one chosen.
  func deliverAverage() throws -> AverageResult? {
    guard let epochAverage, let best = best?.result else { return nil }
    epochAverage.write(to: weights)
    network.weightsChanged()
    let epochs = epochAverage.epochs
    let known = latest.flatMap { epochs == [$0.epoch] ? $0.validated : nil }
    let validated = try known ?? validate(at: "average")
    try keep(best, validated.probabilities)
    return AverageResult(epochs: epochs, validationLoss: validated.loss, validationAUC: validated.auc)
  }

  private func interval(of probabilities: [[Double]]) throws -> ClosedRange<Double>? {
    guard architecture.classes == 2 else { return nil }
    let labels = try dataset.labels(of: split.validation)
    return DeLong(scores: probabilities.map { $0[1] }, labels: labels.map { $0 == 1 })?.interval
  }

  private func exchangeWithAverage() {
    guard let average = update.average else { return }
    average.exchange(with: weights)
    network.weightsChanged()
  }

  /// What the weights make of the validation cases.
  struct Validated {
    let loss: Double
    let probabilities: [[Double]]
    /// Nil where a class is missing among them.
    let auc: Double?
  }

  /// Judges the weights as they are, with statistics taken anew.
  private func validate(at place: String) throws -> Validated {
    try calibrate()
    classifier.weightsChanged()
    let (logits, targets) = try classifier.logits(of: validation)
    var gradient = [Float](repeating: 0, count: logits.count)
    let loss = logits.withUnsafeBufferPointer { logits in
      targets.withUnsafeBufferPointer { targets in
        gradient.withUnsafeMutableBufferPointer {
          self.loss.evaluate(logits: logits, targets: targets, gradient: $0)
        }
      }
    }
    guard loss.isFinite else { throw diverged(at: "\(place), validation") }
    let probabilities = classifier.probabilities(of: logits)
    let labels = try dataset.labels(of: split.validation)
    return Validated(
      loss: loss, probabilities: probabilities, auc: ROC.auc(probabilities: probabilities, labels: labels))
  }

  /// Takes the batch norms' statistics anew: the mean over some batches of training data as they are.
  ///
  /// With few steps an epoch the running averages lag behind the weights, and the validation with them.
  private func calibrate() throws {
    if let calibration { try network.calibrate(on: calibration) }
  }

  func diverged(at place: String) -> Problem {
    hasDiverged = true
    return Problem(
      "the loss is no finite number any more", at: "\(architecture.name): \(place)",
      next: "use a smaller learning rate, or a warm-up")
  }
}
