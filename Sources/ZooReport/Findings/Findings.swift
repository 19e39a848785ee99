import ZooStatistics

/// What a report's results come to: figures of every subject, and all pairs of them.
struct Findings {
  let contents: ReportContents
  /// In the order of the subjects.
  let subjects: [SubjectFindings]
  /// All pairs of subjects; nil for a single one, and where an AUC is undefined.
  let pairs: PairwiseComparison?

  init(_ contents: ReportContents, threads: Int) {
    self.contents = contents
    subjects = SubjectFindings.all(of: contents, threads: threads)
    pairs = PairwiseComparison(
      probabilities: contents.subjects.map(\.probabilities), labels: contents.cases.labels)
  }

  var isBinary: Bool { contents.cases.classes == 2 }

  /// The subject of highest AUC that is no baseline; nil where there is none.
  var best: Int? { contents.table.rows.firstIndex(where: \.isBest) }
}
