/// All that a report is made of: results, as values; what is derived from them the report works out itself.
public struct ReportContents: Hashable, Sendable {
  /// Which cases judged.
  public enum Judgement: String, Hashable, Sendable {
    /// Cases that one training held back.
    case validation
    /// Every case by the trainings that held it back.
    case outOfFold = "out-of-fold"
    /// The test part.
    case test
    /// Nobody knows.
    case unknown = ""

    /// What the AUC is called: `out-of-fold AUC`.
    public var auc: String { rawValue.isEmpty ? "AUC" : "\(rawValue) AUC" }
  }

  /// What stands above it.
  public var title: String
  /// The program's version.
  public var version: String
  /// Which cases judged.
  public var judgement: Judgement
  /// The cases that all subjects judged.
  public var cases: ReportCases
  /// What is reported, in the order in which it is shown; one at least.
  public var subjects: [ReportSubject]
  /// The same as a table, a row a subject: its conclusions are the report's.
  public var table: ComparisonTable
  /// The sensitivity for which a threshold is chosen, where there are two classes; within (0, 1).
  public var sensitivity: Double
  /// Parts of the cases, judged alone; nil where there are none.
  public var subgroups: ReportSubgroups?
  /// What is known of the data.
  public var data: ReportData
  /// Cases that the best network gets most wrong, the worst first.
  public var hardest: [ReportCaseView]
  /// What a person should know, a sentence each.
  public var notes: [String]
  /// Commands that make these results and this report again, a line each.
  public var commands: [String]

  /// Contents, as far as they are known.
  public init(
    title: String, version: String, judgement: Judgement, cases: ReportCases, subjects: [ReportSubject],
    table: ComparisonTable, sensitivity: Double = 0.9, subgroups: ReportSubgroups? = nil,
    data: ReportData = ReportData(), hardest: [ReportCaseView] = [],
    notes: [String] = [], commands: [String] = []
  ) {
    self.title = title
    self.version = version
    self.judgement = judgement
    self.cases = cases
    self.subjects = subjects
    precondition(table.rows.map(\.name) == subjects.map(\.name), "a row a subject")
    self.table = table
    self.sensitivity = sensitivity
    self.subgroups = subgroups
    self.data = data
    self.hardest = hardest
    self.notes = notes
    self.commands = commands
  }
}
