import ZooStatistics

/// All subjects: how they rank, and every other figure.
struct ResultsSection: PageSection {
  let findings: Findings
  let title = "Results"

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    let decision =
      findings.isBinary
      ? "A case counts as positive from a probability of 0.5 on, unless a row says otherwise."
      : "Each case is called its most probable class."
    return [
      ranking.html, Markup("p", ["class": "note"], [Markup(text: "↓: less is better. \(decision)")]),
    ] + figures.blocks(keeping: 1).map(\.html)
  }

  private var ranking: HTMLTable {
    HTMLTable(
      caption: "AUC over the same \(Format.count(findings.contents.cases.count)) cases",
      columns: [
        .init(title: "model", isNumber: false), .init(title: "parameters"), .init(title: "AUC"),
        .init(title: "95 % interval"), .init(title: "to the best"), .init(title: "p (Holm)"),
        .init(title: "verdict", isNumber: false), .init(title: "training"),
      ], rows: findings.subjects.indices.map(row), strong: Set([findings.best].compactMap(\.self)),
      isWide: true)
  }

  private func row(_ index: Int) -> [String] {
    let one = findings.subjects[index]
    let row = findings.contents.table.rows[index]
    let p = row.toBest?.adjustedP ?? row.toBest?.p
    return [
      row.name, row.parameters.map(Format.count) ?? Format.none,
      one.auc.map { Format.fixed($0, 3) } ?? Format.none,
      one.interval.map { Format.interval($0, 3) } ?? Format.none,
      row.isBest ? "best" : row.toBest.map { Format.signed($0.auc, 3) } ?? Format.none,
      row.isBest ? "" : p.map(Format.pValue) ?? Format.none,
      row.isBest ? "" : row.toBest?.verdict?.rawValue ?? "",
      // Baselines are fitted anew by each report, a little faster or slower.
      one.subject.kind == .baseline ? Format.none : row.trainingSeconds.map(Format.seconds) ?? Format.none,
    ]
  }

  /// A row a figure, a column a subject.
  private var figures: HTMLTable {
    let rows = FigureTitle.ordered(findings.subjects.map { $0.figures.map(\.name) }).flatMap { title in
      let cells = findings.subjects.map { one in
        ForestFigure.text(
          one.figure(title.name).map { Format.fixed($0.value, 3) },
          one.figure(title.name)?.interval.map { Format.interval($0, 3) })
      }
      let chance = findings.subjects.map { one in
        one.calibrationErrorByChance.map { Format.interval($0, 3) } ?? Format.none
      }
      return [[title.text] + cells]
        + (title.name == FigureTitle.calibrationError ? [["… of a perfect one, by chance"] + chance] : [])
    }
    return HTMLTable(
      caption: "Other figures with their 95 % intervals",
      columns: [.init(title: "figure", isNumber: false)]
        + findings.subjects.map { .init(title: $0.subject.name) }, rows: rows, isWide: true)
  }
}
