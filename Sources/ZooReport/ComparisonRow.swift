public import ZooStatistics

/// What a comparison knows of one network, or of the `shape` row; what is unknown or undefined is nil.
public struct ComparisonRow: Hashable, Sendable {
  /// The AUC of this row less that of another over the same cases.
  public struct Difference: Hashable, Sendable {
    /// This − other.
    public var auc: Double
    /// The 95 % interval of the difference.
    public var interval: ClosedRange<Double>?
    /// The two-sided p-value of the paired test; nil with fewer than two cases of a class.
    public var p: Double?
    /// That p-value as it counts among all pairs that were tested; nil where the pair was not one of them.
    public var adjustedP: Double?

    /// A difference, as far as it is known.
    public init(
      auc: Double, interval: ClosedRange<Double>? = nil, p: Double? = nil, adjustedP: Double? = nil
    ) {
      self.auc = auc
      self.interval = interval
      self.p = p
      self.adjustedP = adjustedP
    }

    /// The result of the paired test in which this row's scores came first.
    public init(_ test: PairedDeLong, adjustedP: Double? = nil) {
      self.init(auc: test.difference, interval: test.interval, p: test.p, adjustedP: adjustedP)
    }

    /// What it says of this row against the other; nil without a corrected p-value.
    public var verdict: Verdict? { adjustedP.map { Verdict(difference: auc, adjustedP: $0) } }
  }

  /// The row's name: an architecture, a run, or `shape`.
  public var name: String
  /// Whether it is a baseline: what the mask alone can tell.
  public var isBaseline: Bool
  /// Whether nobody knows what it was trained on: if it was these cases, its figures mean nothing.
  public var isOfUnknownTraining: Bool
  /// The number of trainable parameters.
  public var parameters: Int?
  /// Multiply-adds for one case.
  public var operations: Int?
  /// The area under the ROC curve.
  public var auc: Double?
  /// Its 95 % interval.
  public var interval: ClosedRange<Double>?
  /// Whether this row is the best, to which the others are compared.
  public var isBest: Bool
  /// The difference to the best row.
  public var toBest: Difference?
  /// The difference to the `shape` row.
  public var toShape: Difference?
  /// How long the training took.
  public var trainingSeconds: Double?

  /// How it stands to the best, in a word: `best`, a verdict, `unknown` where its training is; empty without a test.
  var standing: String {
    isOfUnknownTraining ? "unknown" : isBest ? "best" : toBest?.verdict?.rawValue ?? ""
  }

  /// A row, as far as it is known.
  public init(
    name: String, isBaseline: Bool = false, isOfUnknownTraining: Bool = false, parameters: Int? = nil,
    operations: Int? = nil,
    auc: Double? = nil, interval: ClosedRange<Double>? = nil, isBest: Bool = false, toBest: Difference? = nil,
    toShape: Difference? = nil,
    trainingSeconds: Double? = nil
  ) {
    self.name = name
    self.isBaseline = isBaseline
    self.isOfUnknownTraining = isOfUnknownTraining
    self.operations = operations
    self.parameters = parameters
    self.auc = auc
    self.interval = interval
    self.isBest = isBest
    self.toBest = toBest
    self.toShape = toShape
    self.trainingSeconds = trainingSeconds
  }
}
