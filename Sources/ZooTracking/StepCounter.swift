public import ZooTraining

/// Counts the optimizer's steps, which take one batch or several.
public struct StepCounter: Sendable {
  private let batches: Int
  private let accumulated: Int
  private var losses: [Double] = []

  /// For epochs of so many batches, of which so many make a step.
  public init(batches: Int = 1, accumulated: Int = 1) {
    (self.batches, self.accumulated) = (batches, accumulated)
  }

  /// Steps an epoch has.
  public var stepsPerEpoch: Int { (batches + accumulated - 1) / accumulated }

  /// Steps that are done after so many epochs and so many batches of the next.
  public func steps(afterEpochs epochs: Int, batches: Int) -> Int {
    epochs * stepsPerEpoch + (batches + accumulated - 1) / accumulated
  }

  /// Takes a batch; the step that it completes, counted from 1 over all epochs, and the mean of its batches' losses.
  public mutating func take(_ batch: TrainingEvent.Step) -> (step: Int, loss: Double)? {
    losses.append(batch.loss)
    guard batch.step.isMultiple(of: accumulated) || batch.step == batches else { return nil }
    defer { losses = [] }
    return (
      steps(afterEpochs: batch.epoch - 1, batches: batch.step),
      losses.reduce(0, +) / Double(losses.count)
    )
  }
}
