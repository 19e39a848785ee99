/// What a training came to.
public struct TrainingResult: Sendable {
  /// The best epoch, whose weights are kept unless they are averaged.
  public let best: EpochResult
  /// The average that is kept instead; nil if there is none.
  public let average: AverageResult?
  /// All epochs in order.
  public let epochs: [EpochResult]
  /// The kept weights' predictions for the validation cases.
  public let predictions: Predictions
  /// How good they are.
  public let evaluation: Evaluation
  /// Cases to train on.
  public let trainingCases: Int
  /// Wall time of all epochs.
  public let seconds: Double
  /// Why it ended before the last epoch; nil if it did not.
  public let stopped: StopReason?

  /// The epochs whose weights, or the mean of them, are kept; rising.
  public var keptEpochs: [Int] { average?.epochs ?? [best.epoch] }

  /// The kept weights' loss over the validation cases.
  public var validationLoss: Double { average?.validationLoss ?? best.validationLoss }
}
