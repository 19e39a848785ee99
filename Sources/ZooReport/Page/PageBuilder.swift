/// A part of the page under a heading of its own.
protocol PageSection {
  /// Its heading.
  var title: String { get }
  /// What stands under it; `figure` places a drawing.
  func body(figure: (Drawing) -> Markup) -> [Markup]
}

/// Puts sections together, and gives all that needs one an id.
struct PageBuilder {
  private var sections: [(id: String, title: String, html: Markup)] = []
  private var figures = 0

  /// Adds a section.
  mutating func add(_ section: some PageSection) {
    let id = "section-\(sections.count + 1)"
    var count = figures
    let body = section.body { figure in
      count += 1
      return figure.html(id: "figure-\(count)")
    }
    figures = count
    let heading = Markup("h2", ["id": "\(id)-title"], [Markup("bdi", [:], [Markup(text: section.title)])])
    sections.append(
      (
        id, section.title,
        Markup("section", ["id": id, "aria-labelledby": "\(id)-title"], [heading] + body)
      ))
  }

  /// The whole page.
  func html(title: String, version: String) -> String {
    let head = Markup(
      "head", [:],
      [
        Markup("meta", ["charset": "utf-8"]),
        // Nothing but what is in the file.
        Markup(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
          ]),
        Markup("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        Markup("meta", ["name": "color-scheme", "content": "light dark"]),
        Markup("meta", ["name": "generator", "content": "voxelzoo \(version)"]),
        Markup("link", ["rel": "icon", "href": "data:,"]), Markup("title", [:], [Markup(text: title)]),
        Markup("style", [:], [Markup(wellFormed: StyleSheet.text)]),
      ])
    let links = sections.map { section in
      Markup(
        "li", [:],
        [Markup("a", ["href": "#\(section.id)"], [Markup("bdi", [:], [Markup(text: section.title)])])])
    }
    let header = Markup(
      "header", [:],
      [
        Markup("p", ["class": "kicker"], ["VoxelZoo report"]),
        Markup("h1", [:], [Markup("bdi", [:], [Markup(text: title)])]),
        Markup("nav", ["aria-label": "Contents"], [Markup("ul", [:], links)]),
      ])
    let footer = Markup(
      "footer", [:],
      ["Written by voxelzoo \(version). Intervals are 95 % throughout. Not a medical device."])
    let body = Markup("body", [:], [header, Markup("main", [:], sections.map(\.html)), footer])
    return "<!DOCTYPE html>\n" + Markup("html", ["lang": "en"], [head, body]).source + "\n"
  }
}
