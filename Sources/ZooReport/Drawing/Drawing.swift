/// A drawing with what a reader has to know of it, whether they see it or hear it read.
struct Drawing: Hashable, Sendable {
  /// A line of the legend.
  struct Entry: Hashable, Sendable {
    let name: String
    let style: SeriesStyle
    var hasMarker = false
  }

  /// What it shows, in a few words.
  let title: String
  /// What is seen in it, with its numbers: for those who cannot see it.
  let description: String
  /// How it was made, and how it is read.
  let caption: String
  let width: Double
  let height: Double
  let content: [Markup]
  var legend: [Entry] = []
  /// Whose drawing it is, where a page has one for each of several; a title alone would be heard again and again.
  private var subject: String?

  init(
    title: String, description: String, caption: String, width: Double, height: Double, content: [Markup],
    legend: [Entry] = []
  ) {
    (self.title, self.description, self.caption) = (title, description, caption)
    (self.width, self.height, self.content, self.legend) = (width, height, content, legend)
  }

  /// The same drawing as that of a subject.
  func of(_ subject: String) -> Drawing {
    var drawing = self
    drawing.subject = subject
    return drawing
  }

  /// The drawing, well-formed by itself. `id` has to be unique in the page.
  func svg(id: String) -> Markup {
    Markup(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "plot",
        "viewBox": "0 0 \(width.attribute) \(height.attribute)", "role": "img",
        "aria-labelledby": "\(id)-title \(id)-desc",
      ],
      [
        Markup("title", ["id": "\(id)-title"], [Markup(text: subject.map { "\($0): \(title)" } ?? title)]),
        Markup("desc", ["id": "\(id)-desc"], [Markup(text: description)]),
      ] + content)
  }

  /// The drawing with title, legend and caption.
  func html(id: String) -> Markup {
    let entries = legend.map { entry in
      Markup(
        "li", [:],
        [entry.style.swatch(withMarker: entry.hasMarker), Markup("bdi", [:], [Markup(text: entry.name)])])
    }
    return Markup(
      "figure", [:],
      [
        Markup("p", ["class": "figure-title"], [Markup(text: title)]), svg(id: id),
        entries.isEmpty ? Markup([]) : Markup("ul", ["class": "legend"], entries),
        Markup("figcaption", [:], [Markup(text: caption)]),
      ])
  }
}
