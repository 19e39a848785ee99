public import ZooEngine

/// What a training tells whoever watches it.
public enum TrainingEvent: Sendable {
  /// Everything is checked and the memory taken; the first step follows.
  case started(Start)
  /// A step is done.
  case step(Step)
  /// An epoch and its validation are done.
  case epoch(EpochResult)
  /// It ends before its last epoch; `finished` follows.
  case stopped(StopReason)
  /// The weights of several epochs are averaged and validated: what the run delivers.
  case averaged(AverageResult)
  /// The end, with the best epoch.
  case finished(TrainingResult)

  /// What is known before the first step.
  public struct Start: Sendable {
    /// Memory of the training network and of the one for validation.
    public let forecast: MemoryForecast
    /// Values that training changes.
    public let parameters: Int
    /// Values that it would change if they were not frozen.
    public let frozen: Int
    /// Cases of each class to train on.
    public let trainingCounts: [Int]
    /// Cases of each class to validate on.
    public let validationCounts: [Int]
    /// Epochs there may be.
    public let epochs: Int
    /// Batches an epoch has.
    public let steps: Int
    /// Samples a batch has.
    public let batch: Int
    /// Batches whose gradients are averaged before the weights change.
    public let accumulated: Int
    /// Epochs that were done before the training was interrupted; none where it begins.
    public let earlier: [EpochResult]
    /// Batches that were done of the epoch after them.
    public let batchesDone: Int
    /// What a person should know, a line each: classes without cases, an AUC that is undefined.
    public let notes: [String]
  }

  /// One batch.
  public struct Step: Sendable {
    /// The epoch, counted from 1.
    public let epoch: Int
    /// The batch within the epoch, counted from 1.
    public let step: Int
    /// Batches an epoch has.
    public let of: Int
    /// The loss of its batch, without the L2 penalty.
    public let loss: Double
    /// Speed since the epoch began, validation left out.
    public let samplesPerSecond: Double
  }
}

/// Why a training ended before its last epoch.
public enum StopReason: String, Sendable {
  /// No better epoch for as many as `patience` says.
  case patience
  /// The validation AUC has reached `targetAUC`.
  case target
  /// Somebody asked for it.
  case request
}
