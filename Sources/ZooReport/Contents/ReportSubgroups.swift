/// Parts of the cases that are alike in one respect, and how well each subject judges them alone.
public struct ReportSubgroups: Hashable, Sendable {
  /// A part of the cases.
  public struct Part: Hashable, Sendable {
    /// What they have in common: a value of the column, or a range.
    public let name: String
    /// How many there are of each class.
    public let counts: [Int]
    /// For each subject its AUC over these cases alone; nil where it is undefined.
    public let aucs: [Double?]
    /// The AUCs' 95 % intervals.
    public let intervals: [ClosedRange<Double>?]

    /// A part, with as many AUCs and intervals as there are subjects.
    public init(name: String, counts: [Int], aucs: [Double?], intervals: [ClosedRange<Double>?]) {
      (self.name, self.counts, self.aucs, self.intervals) = (name, counts, aucs, intervals)
    }
  }

  /// The column of the data's table by which the cases are divided.
  public let column: String
  /// The parts.
  public let parts: [Part]

  /// Parts by a column.
  public init(column: String, parts: [Part]) { (self.column, self.parts) = (column, parts) }
}
