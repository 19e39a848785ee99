public import ZooTraining

/// What an epoch is told by, under the names that trackers show.
public enum EpochFigures {
  /// Loss, validation loss, AUC with the ends of its interval, and the learning rate; nil for what is undefined.
  public static func named(_ result: EpochResult) -> [(tag: String, value: Double?)] {
    [
      ("loss/epoch", result.loss), ("loss/validation", result.validationLoss),
      ("auc/validation", result.validationAUC), ("auc/low", result.validationInterval?.lowerBound),
      ("auc/high", result.validationInterval?.upperBound), ("learning_rate", result.learningRate),
    ]
  }
}
