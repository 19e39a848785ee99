/// What the report says, in plain words.
struct SummarySection: PageSection {
  let findings: Findings
  let title = "Summary"

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    let sentences = findings.summary.map { $0.withMinus }
    let notes = findings.contents.notes.map { Markup("p", ["class": "note"], ["Note: \($0)"]) }
    let words = [
      Markup("p", ["class": "lead"], [Markup(text: sentences.first ?? "")]),
      Markup("ul", [:], sentences.dropFirst().map { Markup("li", [:], [Markup(text: $0)]) }),
    ]
    let forest = figure(ForestFigure.aucs(findings.subjects, title: "AUC with its interval"))
    return [Markup("div", ["class": "summary"], [Markup("div", [:], words + notes), forest])]
  }
}
