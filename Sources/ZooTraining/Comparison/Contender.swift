/// What takes part in a comparison: predictions of cases that their maker did not train on, and what is known of the maker.
public struct Contender: Sendable {
  /// What made the predictions.
  public enum Kind: String, Sendable {
    /// A network of this program.
    case network
    /// A table of another program.
    case table
    /// A network that is shown because it is a part of another row; it is not tested.
    case member
    /// What the mask alone can tell.
    case baseline
  }

  /// What its row is called.
  public let name: String
  /// What made the predictions.
  public let kind: Kind
  /// The predictions; all contenders judge the same cases, in the same order.
  public let predictions: Predictions
  /// The fold that each case was held back in, counted from 1; all 1 where a single part was.
  public let folds: [Int]
  /// How good the predictions are.
  public let evaluation: Evaluation
  /// Values that training changed; nil where that is not known.
  public let parameters: Int?
  /// Multiply-adds for one case, by one network; nil where that is not known.
  public let operations: Int?
  /// Time to train all of it; nil where that is not known.
  public let seconds: Double?
  /// The runs behind it.
  public let runs: [FinishedRun]
  /// How its network does on inner folds, for each split into folds; empty where there are none.
  let inner: [InnerValidation]
  /// What a person should know of it; nil for nothing.
  public let note: String?

  init(
    _ name: String, _ kind: Kind, _ predictions: Predictions, folds: [Int]? = nil, parameters: Int? = nil,
    operations: Int? = nil, seconds: Double? = nil, runs: [FinishedRun] = [],
    inner: [InnerValidation] = [], note: String? = nil
  ) throws {
    self.name = name
    self.kind = kind
    self.predictions = predictions
    self.folds = folds ?? predictions.names.map { _ in 1 }
    evaluation = try Evaluation(predictions)
    self.parameters = parameters
    self.operations = operations
    self.seconds = seconds
    self.runs = runs
    self.inner = inner
    self.note = note ?? Contender.caution(name, runs)
  }

  /// Nil where the cases that judge the runs had no say in which epoch they keep.
  private static func caution(_ name: String, _ runs: [FinishedRun]) -> String? {
    guard runs.contains(where: { $0.configuration.options.isChosenByJudges }) else { return nil }
    return "\(name): the cases that judge it chose the epoch it keeps, which flatters its figures a little"
  }

  /// What a network, or several together, predict.
  public init(_ name: String, _ predictions: Predictions) throws {
    try self.init(name, .network, predictions)
  }

  /// A baseline.
  init(_ baseline: MaskBaseline) throws {
    try self.init(baseline.kind.rawValue, .baseline, baseline.predictions, seconds: baseline.seconds)
  }
}
