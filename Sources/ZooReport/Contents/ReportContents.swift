/// All that a report is made of: results, as values; what is derived from them the report works out itself.
public struct ReportContents: Hashable, Sendable {
  /// What stands above it.
  public var title: String
  /// The program's version.
  public var version: String
  /// What the AUC is called, by how the cases were judged: `out-of-fold AUC`, `validation AUC`.
  public var judgement: String
  /// The cases that all subjects judged.
  public var cases: ReportCases
  /// What is reported, in the order in which it is shown; one at least.
  public var subjects: [ReportSubject]
  /// The same as a table, a row a subject: its conclusions are the report's.
  public var table: ComparisonTable
  /// The sensitivity for which a threshold is chosen, where there are two classes; within (0, 1).
  public var sensitivity: Double
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
    title: String, version: String, judgement: String, cases: ReportCases, subjects: [ReportSubject],
    table: ComparisonTable,
    sensitivity: Double = 0.9, data: ReportData = ReportData(), hardest: [ReportCaseView] = [],
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
    self.data = data
    self.hardest = hardest
    self.notes = notes
    self.commands = commands
  }
}
