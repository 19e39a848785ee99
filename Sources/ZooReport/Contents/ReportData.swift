/// What a report says of the data.
public struct ReportData: Hashable, Sendable {
  /// Some of the cases: a fold, the test part.
  public struct Part: Hashable, Sendable {
    /// What they are: `fold 2`.
    public let name: String
    /// How many cases there are of each class.
    public let counts: [Int]
    /// How many patients they are of; nil where that is not known.
    public let patients: Int?

    /// A part.
    public init(name: String, counts: [Int], patients: Int?) {
      (self.name, self.counts, self.patients) = (name, counts, patients)
    }
  }

  /// The data set in a line: its kind, its size. Empty where it was not looked at.
  public var summary: String
  /// Where it lies, as it was named. Empty where it is not known.
  public var path: String
  /// Its parts.
  public var parts: [Part]

  /// What is known.
  public init(summary: String = "", path: String = "", parts: [Part] = []) {
    (self.summary, self.path, self.parts) = (summary, path, parts)
  }
}
