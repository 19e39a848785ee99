public import ZooTraining

/// What a training is told by, under the names that trackers show.
public enum EpochFigures {
  /// Loss, validation loss, AUC with the ends of its interval, and the learning rate; nil for what is undefined.
  public static func named(_ result: EpochResult) -> [(tag: String, value: Double?)] {
    [
      ("loss/epoch", result.loss), ("loss/validation", result.validationLoss),
      ("auc/validation", result.validationAUC), ("auc/low", result.validationInterval?.lowerBound),
      ("auc/high", result.validationInterval?.upperBound), ("learning_rate", result.learningRate),
    ]
  }

  /// What a run delivers, its best epoch or an average.
  public static func final(_ result: TrainingResult) -> [(tag: String, value: Double?)] {
    [("final/auc", result.evaluation.auc), ("final/validation_loss", result.validationLoss)]
  }

  /// What an average of epochs gives.
  public static func named(_ result: AverageResult) -> [(tag: String, value: Double?)] {
    [("average/auc", result.validationAUC), ("average/validation_loss", result.validationLoss)]
  }
}
