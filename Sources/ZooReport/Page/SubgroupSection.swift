/// Parts of the cases, judged alone.
struct SubgroupSection: PageSection {
  let contents: ReportContents
  let subgroups: ReportSubgroups
  var title: String { "Cases by \(subgroups.column)" }

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    let classes = contents.cases.classes
    let shown = classes == 2 ? 1..<2 : 0..<classes
    let columns =
      [HTMLTable.Column(title: subgroups.column, isNumber: false), .init(title: "cases")]
      + shown.map { .init(title: "of class \($0)") } + contents.subjects.map { .init(title: $0.name) }
    let rows = subgroups.parts.map { part in
      [part.name, Format.count(part.counts.reduce(0, +))]
        + shown.map { Format.count($0 < part.counts.count ? part.counts[$0] : 0) }
        + zip(part.aucs, part.intervals).map { auc, interval in
          ForestFigure.text(
            auc.map { Format.fixed($0, 2) }, auc == nil ? nil : interval.map { Format.interval($0, 2) })
        }
    }
    return [
      Markup(
        "p", [:],
        [
          "The same predictions, each part of the cases judged alone. Few cases make wide intervals; whether parts differ is not tested."
        ])
    ]
      + HTMLTable(
        caption: "AUC with its 95 % interval by \(subgroups.column)", columns: columns, rows: rows,
        isWide: true
      ).blocks(keeping: 2 + shown.count).map(\.html)
  }
}
