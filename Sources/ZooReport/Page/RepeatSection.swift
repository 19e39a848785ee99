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

  /// A fold's configuration differs from the first's in fold and seed alone: one stands for all, of an ensemble for each member.
  private func configurations(of subject: ReportSubject) -> [(String, String)] {
    var seen: Set<String?> = []
    return subject.runs.filter { seen.insert($0.member).inserted }.map { first in
      let isAlone = subject.runs.count { $0.member == first.member } == 1 && first.member == nil
      return (isAlone ? subject.name : "\(subject.name), \(first.name)", first.configuration)
    }
  }

  private func code(_ text: String, label: String, class kind: String) -> Markup {
    Markup(
      "pre", ["class": kind, "tabindex": "0", "role": "region", "aria-label": label],
      [Markup("code", [:], [Markup(text: text)])])
  }
}
