/// A report as one HTML file: it needs nothing beside it, and asks no network for anything.
public struct Report {
  private let contents: ReportContents
  private let findings: Findings

  /// Works out what the results come to; the same for any number of threads.
  public init(_ contents: ReportContents, threads: Int = 1) {
    self.contents = contents
    findings = Findings(contents, threads: threads)
  }

  /// The conclusions in plain words, the same as in the page's summary.
  public var summary: [String] { findings.summary }

  /// The page.
  public func html() -> String {
    var page = PageBuilder()
    page.add(SummarySection(findings: findings))
    page.add(ResultsSection(findings: findings))
    if contents.subjects.count > 1 || contents.cases.classes == 2 {
      page.add(ComparisonSection(findings: findings))
    }
    if let subgroups = contents.subgroups {
      page.add(SubgroupSection(contents: contents, subgroups: subgroups))
    }
    let spread = SpreadSection(findings: findings)
    if spread.hasContent { page.add(spread) }
    for index in findings.subjects.indices where findings.subjects[index].subject.kind != .baseline {
      page.add(ModelSection(findings: findings, index: index))
    }
    if !contents.hardest.isEmpty { page.add(HardestSection(findings: findings)) }
    page.add(DataSection(contents: contents))
    page.add(MethodSection(findings: findings))
    page.add(RepeatSection(contents: contents))
    return page.html(title: contents.title, version: contents.version)
  }
}
