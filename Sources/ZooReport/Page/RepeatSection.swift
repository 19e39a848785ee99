/// What it takes to have the same again.
struct RepeatSection: PageSection {
  let contents: ReportContents
  let title = "To repeat it"

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    var body = [
      Markup(
        "p", [:],
        [
          Markup(
            text:
              "voxelzoo \(contents.version). Results do not depend on the number of threads; kernels of other kinds of "
              + "processor round differently.")
        ])
    ]
    if !contents.commands.isEmpty {
      body.append(code(contents.commands.joined(separator: "\n"), label: "Commands", class: "commands"))
    }
    for subject in contents.subjects {
      body += configurations(of: subject).map { name, text in
        Markup(
          "details", [:],
          [
            Markup("summary", [:], ["Configuration of \(name)"]),
            code(text, label: "Configuration of \(name)", class: "configuration"),
          ])
      }
    }
    return body
  }

  /// A fold's configuration differs from the first's in fold and seed alone: one stands for all.
  private func configurations(of subject: ReportSubject) -> [(String, String)] {
    guard let first = subject.runs.first else { return [] }
    let name = subject.runs.count > 1 ? "\(subject.name), \(first.name)" : subject.name
    return [(name, first.configuration)]
  }

  private func code(_ text: String, label: String, class kind: String) -> Markup {
    Markup(
      "pre", ["class": kind, "tabindex": "0", "role": "region", "aria-label": label],
      [Markup("code", [:], [Markup(text: text)])])
  }
}
