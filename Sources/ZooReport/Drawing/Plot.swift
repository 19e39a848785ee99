/// The frame of a figure with two axes: places for values, grid, ticks and titles.
struct Plot {
  let x: Axis
  let y: Axis
  /// Pixels, before the page scales them.
  let width: Double
  let height: Double

  private static let margin = (left: 52.0, top: 10.0, right: 12.0, bottom: 42.0)
  /// The axis' title with its distance to both sides, and a letter of a tick's number.
  private static let (titleWidth, letterWidth) = (26.0, 6.6)

  /// A frame; a figure is 360 pixels wide so that its text can be read on a phone too.
  init(x: Axis, y: Axis, width: Double = 360, height: Double = 340) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// The left and right end of the plane.
  var xRange: (low: Double, high: Double) {
    let longest = y.ticks.map { y.text(of: $0).count }.max() ?? 0
    return (
      max(Plot.margin.left, Plot.titleWidth + Double(longest) * Plot.letterWidth), width - Plot.margin.right
    )
  }
  /// The lower and upper end of the plane.
  var yRange: (low: Double, high: Double) { (height - Plot.margin.bottom, Plot.margin.top) }

  /// Where a value lies across the picture.
  func px(_ value: Double) -> Double { xRange.low + x.share(of: value) * (xRange.high - xRange.low) }
  /// Where a value lies down the picture.
  func py(_ value: Double) -> Double { yRange.low + y.share(of: value) * (yRange.high - yRange.low) }
  /// Where a point lies.
  func point(_ x: Double, _ y: Double) -> (x: Double, y: Double) { (px(x), py(y)) }

  /// The plane's grid and ticks, under what is drawn.
  var axes: [Markup] { axes(absoluteY: false) }

  /// The same; where values grow to both sides of a line, numbers go without their sign.
  func axes(absoluteY: Bool) -> [Markup] {
    let lines = x.ticks.map { tick in
      Markup("line", ["class": "grid", "x1": px(tick), "x2": px(tick), "y1": yRange.low, "y2": yRange.high])
    }
    let rows = y.ticks.map { tick in
      Markup("line", ["class": "grid", "x1": xRange.low, "x2": xRange.high, "y1": py(tick), "y2": py(tick)])
    }
    let xNumbers = x.ticks.map { tick in
      Markup(
        "text", ["class": "tick", "text-anchor": "middle", "x": px(tick), "y": yRange.low + 16],
        ["\(x.text(of: tick).withMinus)"])
    }
    let yNumbers = y.ticks.map { tick in
      Markup(
        "text", ["class": "tick", "text-anchor": "end", "x": xRange.low - 6, "y": py(tick) + 4],
        ["\(y.text(of: absoluteY ? abs(tick) : tick))"])
    }
    let middle = (yRange.low + yRange.high) / 2
    let titles = [
      Markup(
        "text",
        [
          "class": "axis", "text-anchor": "middle", "x": (xRange.low + xRange.high) / 2,
          "y": height - 6,
        ], [Markup(text: x.label)]),
      Markup(
        "text",
        [
          "class": "axis", "text-anchor": "middle", "x": 11.0, "y": middle,
          "transform": "rotate(-90 11 \(middle.attribute))",
        ], [Markup(text: y.label)]),
    ]
    return lines + rows + xNumbers + yNumbers + titles
  }

  /// A straight line between two points of the plane that nothing is read from: chance, perfect calibration.
  func reference(from a: (Double, Double), to b: (Double, Double)) -> Markup {
    Markup(
      "line", ["class": "reference", "x1": px(a.0), "y1": py(a.1), "x2": px(b.0), "y2": py(b.1)])
  }
}
