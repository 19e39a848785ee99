public import ZooStatistics

/// What a comparison knows of one network, or of the `shape` row; what is unknown or undefined is nil.
public struct ComparisonRow: Hashable, Sendable {
  /// The AUC of this row less that of another over the same cases.
  public struct Difference: Hashable, Sendable {
    /// This − other.
    public var auc: Double
    /// The 95 % interval of the difference.
    public var interval: ClosedRange<Double>?
    /// The two-sided p-value of the paired test; nil where there is none, as with more than two classes.
    public var p: Double?

    /// A difference, as far as it is known.
    public init(auc: Double, interval: ClosedRange<Double>? = nil, p: Double? = nil) {
      self.auc = auc
      self.interval = interval
      self.p = p
    }

    /// The result of the paired test in which this row's scores came first.
    public init(_ test: PairedDeLong) { self.init(auc: test.difference, interval: test.interval, p: test.p) }
  }

  /// The row's name: an architecture, a run, or `shape`.
  public var name: String
  /// The number of trainable parameters.
  public var parameters: Int?
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
  /// A remark.
  public var note: String?

  /// A row, as far as it is known.
  public init(
    name: String, parameters: Int? = nil, auc: Double? = nil, interval: ClosedRange<Double>? = nil,
    isBest: Bool = false, toBest: Difference? = nil, toShape: Difference? = nil,
    trainingSeconds: Double? = nil,
    note: String? = nil
  ) {
    self.name = name
    self.parameters = parameters
    self.auc = auc
    self.interval = interval
    self.isBest = isBest
    self.toBest = toBest
    self.toShape = toShape
    self.trainingSeconds = trainingSeconds
    self.note = note
  }
}
