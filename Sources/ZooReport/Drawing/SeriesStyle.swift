/// How the reader tells one line from another: colour, dashes and the shape of its points, each enough by itself.
struct SeriesStyle: Hashable, Sendable {
  /// Position among the subjects of its kind.
  let index: Int
  /// Whether it stands for a baseline: grey.
  let isBaseline: Bool

  /// Colours that the style sheet has, from a palette for the colour-blind (Okabe and Ito), darkened for contrast.
  static let colours = 6
  private static let dashes = ["", "7 3", "2 3", "9 3 2 3", "4 2", "12 4"]
  private static let baselineDashes = ["5 4", "1.5 3"]

  /// The class that sets the colour.
  var colourClass: String { isBaseline ? "sb" : "s\(index % SeriesStyle.colours)" }

  /// The pattern of the line; empty for a full one.
  var dash: String {
    isBaseline
      ? SeriesStyle.baselineDashes[index % 2]
      : SeriesStyle.dashes[(index + index / SeriesStyle.colours) % SeriesStyle.dashes.count]
  }

  /// A line through points of the picture.
  func line(_ points: [(x: Double, y: Double)], isFaint: Bool = false) -> Markup {
    let text = points.withoutStraightMiddles.map { "\($0.x.attribute),\($0.y.attribute)" }.joined(
      separator: " ")
    guard !dash.isEmpty, !isFaint else {
      return Markup("polyline", ["class": isFaint ? "faint" : "line \(colourClass)", "points": text])
    }
    return Markup(
      "polyline", ["class": "line \(colourClass)", "stroke-dasharray": dash, "points": text])
  }

  /// A point: circle, square, triangle or diamond.
  func marker(x: Double, y: Double, radius: Double = 4) -> Markup {
    let r = radius
    func path(_ points: [(Double, Double)]) -> Markup {
      let text = points.map { "\((x + $0.0).attribute),\((y + $0.1).attribute)" }.joined(separator: " ")
      return Markup("polygon", ["class": "mark \(colourClass)", "points": text])
    }
    switch isBaseline ? 3 : index % 4 {
    case 0: return Markup("circle", ["class": "mark \(colourClass)", "cx": x, "cy": y, "r": r])
    case 1: return path([(-r, -r), (r, -r), (r, r), (-r, r)].map { ($0.0 * 0.9, $0.1 * 0.9) })
    case 2: return path([(0, -r * 1.15), (r * 1.1, r * 0.85), (-r * 1.1, r * 0.85)])
    default: return path([(0, -r * 1.25), (r * 1.25, 0), (0, r * 1.25), (-r * 1.25, 0)])
    }
  }

  /// A sample for a legend, 28 × 12 pixels.
  func swatch(withMarker: Bool) -> Markup {
    Markup(
      "svg", ["class": "swatch", "viewBox": "0 0 28 12", "aria-hidden": "true"],
      [line([(1, 6), (27, 6)])] + (withMarker ? [marker(x: 14, y: 6)] : []))
  }
}

extension [(x: Double, y: Double)] {
  /// The same line without the points in the middle of level and upright stretches: curves of many cases consist of them.
  fileprivate var withoutStraightMiddles: Self {
    var kept: Self = []
    for point in self {
      if let last = kept.last, last == point { continue }
      while kept.count >= 2 {
        let (before, middle) = (kept[kept.count - 2], kept[kept.count - 1])
        let isUpright = before.x == middle.x && middle.x == point.x
        let isLevel = before.y == middle.y && middle.y == point.y
        // A line that turns back has its end there.
        let goesOn =
          (middle.x - before.x) * (point.x - middle.x) + (middle.y - before.y) * (point.y - middle.y) > 0
        guard isUpright || isLevel, goesOn else { break }
        kept.removeLast()
      }
      kept.append(point)
    }
    return kept
  }
}
