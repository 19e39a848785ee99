import ZooStatistics

/// The table of all subjects.
struct ResultsSection: PageSection {
  let findings: Findings
  let title = "Results"

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    let rows = findings.subjects.indices.map(row)
    let table = HTMLTable(
      caption: "Figures over the same \(Format.count(findings.contents.cases.count)) cases",
      columns: [
        .init(title: "model", isNumber: false), .init(title: "parameters"), .init(title: "AUC"),
        .init(title: "95 % interval"), .init(title: "to the best"), .init(title: "p (Holm)"),
        .init(title: "verdict", isNumber: false),
        .init(title: "average precision"), .init(title: "Brier"), .init(title: "log loss"),
        .init(title: "training"),
      ], rows: rows, strong: Set([findings.best].compactMap(\.self)), isWide: true)
    return [table.html]
  }

  private func row(_ index: Int) -> [String] {
    let one = findings.subjects[index]
    let row = findings.contents.table.rows[index]
    func figure(_ value: Double?) -> String { value.map { Format.fixed($0, 3) } ?? Format.none }
    let p = row.toBest?.adjustedP ?? row.toBest?.p
    return [
      row.name, row.parameters.map(Format.count) ?? Format.none, figure(one.auc),
      one.interval.map { Format.interval($0, 3) } ?? Format.none,
      row.isBest ? "best" : row.toBest.map { Format.signed($0.auc, 3) } ?? Format.none,
      row.isBest ? "" : p.map(Format.pValue) ?? Format.none,
      row.isBest ? "" : row.toBest?.verdict?.rawValue ?? "",
      figure(one.averagePrecision), figure(one.brier), figure(one.logLoss),
      row.trainingSeconds.map(Format.seconds) ?? Format.none,
    ]
  }
}
