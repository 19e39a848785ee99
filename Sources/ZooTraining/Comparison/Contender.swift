/// What takes part in a comparison: predictions of cases that their maker did not train on, and what is known of the maker.
public struct Contender: Sendable {
  /// What made the predictions.
  public enum Kind: String, CaseIterable, Sendable {
    /// A network of this program.
    case network
    /// A table of another program.
    case table
    /// A network that is shown because it is a part of another row; it is not tested.
    case member
    /// What the mask alone can tell.
    case baseline
    /// Weights of which nobody knows what they were trained on: it may have been these cases.
    case unknown

    /// Whether it takes part in the question which is best: it is no part, no baseline, and did not see the cases.
    var competes: Bool { self == .network || self == .table }
  }

  /// What its row is called.
  public let name: String
  /// What made the predictions.
  public let kind: Kind
  /// The predictions; all contenders judge the same cases, in the same order.
  public let predictions: Predictions
  /// What it predicted in each of the splits into folds, and the folds; `predictions` is the mean of them.
  public let splits: [OutOfFold]
  /// The fold that each case was held back in in the first split, counted from 1; all 1 where a single part was.
  public var folds: [Int] { splits[0].folds }
  /// The AUC of each fold alone, split by split; nil where it is undefined.
  public var foldAUCs: [Double?] { splits.flatMap(\.foldAUCs) }
  /// How good the predictions are.
  public let evaluation: Evaluation
  /// Values that training changed; nil where that is not known.
  public let parameters: Int?
  /// Multiply-adds for one case, by one network; nil where that is not known.
  public let operations: Int?
  /// Time to train all of it; nil where that is not known.
  public let seconds: Double?
  /// The runs behind it; none of an ensemble, whose members have theirs.
  public let runs: [FinishedRun]
  /// What it was made of, if it is an ensemble.
  public let ensemble: EnsembleOrigin?
  /// How its network does on inner folds, for each split into folds; empty where there are none.
  let inner: [InnerValidation]
  /// What a person should know of it, a line each.
  public let notes: [String]

  /// What is to be said of near duplicates that its trainings were allowed; nil where there were none.
  let duplicates: String?

  init(
    _ name: String, _ kind: Kind, _ splits: [OutOfFold], parameters: Int? = nil,
    operations: Int? = nil, seconds: Double? = nil, runs: [FinishedRun] = [], ensemble: EnsembleOrigin? = nil,
    inner: [InnerValidation] = [], notes: [String] = []
  ) throws {
    self.name = name
    self.kind = kind
    self.splits = splits
    predictions = OutOfFold.mean(of: splits)
    evaluation = try Evaluation(predictions)
    self.parameters = parameters
    self.operations = operations
    self.seconds = seconds
    self.runs = runs
    self.ensemble = ensemble
    self.inner = inner
    let behind = runs + (ensemble?.runs ?? [])
    duplicates =
      behind.contains { $0.configuration.options.allowDuplicates }
      ? "\(name): nearly the same volumes stood on both sides of its split, which flatters it" : nil
    self.notes =
      notes + (ensemble?.notes.map { "\(name): \($0)" } ?? [])
      + [Contender.caution(name, kind, behind), duplicates].compactMap(\.self)
  }

  /// Nil where the cases that judge it did not teach it, and had no say in which epoch its runs keep.
  private static func caution(_ name: String, _ kind: Kind, _ runs: [FinishedRun]) -> String? {
    guard kind != .unknown else {
      return
        "\(name): what these weights were trained on is not known; if it was these cases, their AUC means nothing"
    }
    guard runs.contains(where: { $0.configuration.options.isChosenByJudges }) else { return nil }
    return "\(name): the cases that judge it chose the epoch it keeps, which flatters its figures a little"
  }

  /// What a network, or several together, predict.
  public init(_ name: String, _ predictions: Predictions) throws {
    try self.init(name, .network, [OutOfFold(heldBackAtOnce: predictions)])
  }

  /// A baseline.
  init(_ baseline: MaskBaseline) throws {
    try self.init(baseline.kind.rawValue, .baseline, baseline.splits, seconds: baseline.seconds)
  }
}
