import ZooStatistics

/// Where the spread of one training's AUC comes from.
struct SpreadSection: PageSection {
  let findings: Findings
  let title = "How much one training varies"

  /// Whether any subject was trained on folds.
  var hasContent: Bool { !splits.isEmpty }

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    let hasSeeds = splits.contains { $0.1.seed != nil }
    let text =
      "The AUC of a single training on its own validation cases, and its standard deviation by what could have been "
      + "otherwise: \(hasSeeds ? "the seed (weights, order, augmentation), " : "")the fold (other cases to train on"
      + "\(hasSeeds ? "" : "; with one seed a fold this includes the seed"))"
      + ", and the cases (others to validate on). It says what one more training may give, not how sure the figures above are."
    let rows = splits.map { subject, split in
      [subject.name, Format.fixed(split.mean, 3), Format.range(of: subject.foldAUCs, 3)]
        + (hasSeeds ? [split.seed.map(deviation) ?? Format.none] : [])
        + [deviation(split.fold), deviation(split.cases)]
    }
    let titles =
      ["mean AUC of the folds", "their range"] + (hasSeeds ? ["SD by seed"] : [])
      + ["SD by fold", "SD by cases"]
    let table = HTMLTable(
      caption: "AUC of one training, and its standard deviation (SD)",
      columns: [.init(title: "model", isNumber: false)] + titles.map { .init(title: $0) }, rows: rows)
    return [Markup("p", [:], [Markup(text: text)]), table.html]
  }

  private var splits: [(ReportSubject, VarianceSplit)] {
    findings.contents.subjects.compactMap { one in one.variance.map { (one, $0) } }
  }

  private func deviation(_ variance: Double) -> String { Format.fixed(variance.squareRoot(), 3) }
}
