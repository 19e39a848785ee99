public import ZooStatistics

/// One of those whose judgement is reported: a network, a baseline, predictions from elsewhere.
public struct ReportSubject: Hashable, Sendable {
  /// What it is.
  public enum Kind: Hashable, Sendable {
    /// A network that was trained here.
    case network
    /// What stands beside every network to be beaten: size and shape of the mask.
    case baseline
    /// Predictions of which nothing else is known, or that several networks made together.
    case other
  }

  /// What it is called.
  public var name: String
  /// What it is.
  public var kind: Kind
  /// Its class probabilities, a row of K for each case.
  public var probabilities: [[Double]]
  /// The trainings behind it, one a fold and seed.
  public var runs: [ReportRun]
  /// Where the spread of one training's AUC comes from; nil for fewer than two folds.
  public var variance: VarianceSplit?
  /// The AUC of each fold, where there are folds and it is defined.
  public var foldAUCs: [Double]
  /// What a person should know of it alone, a line each.
  public var notes: [String]

  /// A subject, as far as it is known.
  public init(
    name: String, kind: Kind, probabilities: [[Double]], runs: [ReportRun] = [],
    variance: VarianceSplit? = nil, foldAUCs: [Double] = [], notes: [String] = []
  ) {
    self.name = name
    self.kind = kind
    self.probabilities = probabilities
    self.runs = runs
    self.variance = variance
    self.foldAUCs = foldAUCs
    self.notes = notes
  }
}

/// A training: what was asked for, and how it went.
public struct ReportRun: Hashable, Sendable {
  /// An epoch of it.
  public struct Epoch: Hashable, Sendable {
    /// Counted from 1.
    public let epoch: Int
    /// The mean loss over the training cases.
    public let loss: Double
    /// The loss over the validation cases.
    public let validationLoss: Double
    /// Their AUC; nil where it is undefined.
    public let validationAUC: Double?

    /// An epoch.
    public init(epoch: Int, loss: Double, validationLoss: Double, validationAUC: Double?) {
      self.epoch = epoch
      self.loss = loss
      self.validationLoss = validationLoss
      self.validationAUC = validationAUC
    }
  }

  /// What it is called: `fold 2`.
  public var name: String
  /// Its epochs.
  public var epochs: [Epoch]
  /// The epoch that was kept, counted from 1; the last one of a mean.
  public var keptEpoch: Int
  /// Whether the cases that judge it had a say in which epoch was kept.
  public var isChosenByJudges: Bool
  /// Everything that decides its result, as text for people: `config.json`.
  public var configuration: String
  /// The member of an ensemble that it belongs to; nil for a subject's own.
  public var member: String?

  /// A training.
  public init(
    name: String, epochs: [Epoch], keptEpoch: Int, isChosenByJudges: Bool, configuration: String,
    member: String? = nil
  ) {
    self.name = name
    self.epochs = epochs
    self.keptEpoch = keptEpoch
    self.isChosenByJudges = isChosenByJudges
    self.configuration = configuration
    self.member = member
  }
}
