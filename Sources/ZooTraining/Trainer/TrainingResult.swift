/// What a training came to.
public struct TrainingResult: Sendable {
  /// The best epoch, whose weights are kept.
  public let best: EpochResult
  /// All epochs in order.
  public let epochs: [EpochResult]
  /// The best epoch's predictions for the validation cases.
  public let predictions: Predictions
  /// How good they are.
  public let evaluation: Evaluation
  /// Cases to train on.
  public let trainingCases: Int
  /// Wall time of all epochs.
  public let seconds: Double
  /// Why it ended before the last epoch; nil if it did not.
  public let stopped: StopReason?
}
