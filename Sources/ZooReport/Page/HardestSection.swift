import FoundationEssentials

/// The cases that the best network gets most wrong.
struct HardestSection: PageSection {
  let findings: Findings
  let title = "Hardest cases"

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    guard let best = findings.best else { return [] }
    let one = findings.subjects[best]
    let views = findings.contents.hardest
    let text =
      "The cases whose class \(one.subject.name) found least probable, the worst first."
      + [slices(views), maps(views)].compactMap(\.self).map { " \($0)" }.joined()
    return [
      Markup("p", [:], [Markup(text: text)]),
      Markup("div", ["class": "cases"], views.map { card($0, of: one) }),
    ]
  }

  private func card(_ view: ReportCaseView, of one: SubjectFindings) -> Markup {
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
          [
            "Is class \(label), most probable: class \(view.likeliest). \(one.subject.name) gave class \(label) a probability of \(Format.fixed(said, 3)). From the left: \(view.places)."
          ]),
      ])
  }

  /// Which slices are shown, and what of them the network sees.
  private func slices(_ views: [ReportCaseView]) -> String {
    let middle = "Across each axis the middle slice."
    guard views.contains(where: \.hasMask) else { return middle }
    let outlined =
      "Across each axis the slice with the largest outline of the mask, in white"
      + (views.allSatisfy(\.hasMask) ? "." : "; without a mask the middle one.")
    return views.contains(where: \.isSeenInMaskAlone)
      ? "\(outlined) The network sees nothing outside the mask." : outlined
  }

  /// What the maps show; nil without any.
  private func maps(_ views: [ReportCaseView]) -> String? {
    guard views.contains(where: { $0.attribution != nil }) else { return nil }
    return
      "Below each row Grad-CAM for the most probable class, by models that did not train on the case, from violet (weak) "
      + "to yellow (strongest in this case). A map says what the model reacts to, not what is so."
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
