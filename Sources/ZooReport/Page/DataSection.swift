/// What was judged.
struct DataSection: PageSection {
  let contents: ReportContents
  let title = "Data"

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    let data = contents.data
    var body: [Markup] = []
    if !data.summary.isEmpty {
      body.append(Markup("p", [:], ["\(data.summary). Read from \(data.path)."]))
    }
    let knowsPatients = data.parts.contains { $0.patients != nil }
    let columns =
      [HTMLTable.Column(title: "part", isNumber: false), .init(title: "cases")]
      + (0..<contents.cases.classes).map { .init(title: "class \($0)") }
      + (knowsPatients ? [HTMLTable.Column(title: "patients")] : [])
    let rows = data.parts.map { part in
      [part.name, Format.count(part.counts.reduce(0, +))] + part.counts.map(Format.count)
        + (knowsPatients ? [part.patients.map(Format.count) ?? Format.none] : [])
    }
    let all = ["judged here", Format.count(contents.cases.count)] + contents.cases.counts.map(Format.count)
    let judged = data.parts.isEmpty ? [all + (knowsPatients ? [Format.none] : [])] : rows
    return body + [HTMLTable(caption: "Cases by part and class", columns: columns, rows: judged).html]
  }
}
