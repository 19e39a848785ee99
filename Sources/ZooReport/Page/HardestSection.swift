import FoundationEssentials

/// The cases that the best network gets most wrong.
struct HardestSection: PageSection {
  let findings: Findings
  let title = "Hardest cases"

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    guard let best = findings.best else { return [] }
    let one = findings.subjects[best]
    let cards = findings.contents.hardest.map { view -> Markup in
      let label = one.labels[view.index]
      let said = one.subject.probabilities[view.index][label]
      let name = findings.contents.cases.names[view.index]
      return Markup(
        "figure", ["class": "case"],
        [
          Markup("p", ["class": "figure-title"], [Markup("bdi", [:], [Markup(text: name)])]),
          image(view.slices), view.attribution.map(image) ?? Markup([]),
          Markup(
            "figcaption", [:],
            ["Is class \(label); \(one.subject.name) gave that a probability of \(Format.fixed(said, 3))."]),
        ])
    }
    let hasMaps = findings.contents.hardest.contains { $0.attribution != nil }
    let text =
      "The cases whose class \(one.subject.name) found least probable, the worst first: across each axis the slice that "
      + "holds most of the mask, the mask outlined."
    let maps =
      " Below each row Grad-CAM for the class that was called, by models that did not train on the case, from violet (weak) "
      + "to yellow (strongest in this case). A map says what the model reacts to, not what is so."
    return [
      Markup("p", [:], [Markup(text: hasMaps ? text + maps : text)]),
      Markup("div", ["class": "cases"], cards),
    ]
  }

  private func image(_ picture: ReportCaseView.Picture) -> Markup {
    Markup(
      "img",
      [
        "src": "data:image/png;base64,\(Data(picture.png).base64EncodedString())", "alt": picture.description,
        "width": picture.width, "height": picture.height,
      ])
  }
}
