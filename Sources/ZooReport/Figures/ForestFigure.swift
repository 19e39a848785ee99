/// Estimates with their intervals, a row each.
enum ForestFigure {
  /// A row; what has no estimate stands without one.
  struct Row {
    /// Whose estimate it is; of a difference the first's and then the second's.
    let names: [String]
    let style: SeriesStyle
    let value: Double?
    let interval: ClosedRange<Double>?
    /// What stands at the right end.
    let text: String

    /// The names as one.
    var name: String { names.joined(separator: " − ") }
  }

  /// The words above an estimate: names in as many lines as they take, the numbers beside the last if they have room there.
  private struct Words {
    let lines: [String]
    /// The line of the numbers, counted from 0.
    let numberLine: Int
    /// How many lines they are together.
    var count: Int { max(lines.count, numberLine + 1) }

    init(_ row: Row) {
      let room = width - 2 * side
      let beside = (room - row.text.width * numberSize) / labelSize - 1
      if row.name.width <= beside {
        lines = [row.name]
      } else {
        lines = row.names.enumerated().flatMap { index, name in
          (index == 0 ? name : "− \(name)").lines(within: room / labelSize)
        }
      }
      numberLine = lines[lines.count - 1].width <= beside ? lines.count - 1 : lines.count
    }
  }

  private static let width = 360.0
  /// Of a row with one line of words, and of each line more.
  private static let (rowHeight, lineHeight) = (36.0, 17.0)
  private static let side = 18.0
  /// The sizes of the style sheet's fonts.
  private static let (labelSize, numberSize) = (12.5, 12.0)

  /// AUCs of all subjects.
  static func aucs(_ subjects: [SubjectFindings], title: String) -> Drawing {
    let rows = subjects.map { one in
      Row(
        names: [one.subject.name], style: one.style, value: one.auc, interval: one.interval,
        text: text(one.auc.map { Format.fixed($0, 3) }, one.interval.map { Format.interval($0, 3) }))
    }
    return figure(
      rows, title: title, axis: "AUC", zero: nil, limits: 0...1,
      caption: "Point: AUC. Line: DeLong’s 95 % interval on the logit scale.", chance: 0.5)
  }

  /// Differences of pairs, the first less the second.
  static func differences(_ rows: [Row]) -> Drawing {
    figure(
      rows, title: "Paired differences of AUC", axis: "difference of AUC", zero: 0, limits: -1...1,
      caption:
        "The first less the second over the same cases, with Zou and Yue’s 95 % interval for that pair alone, not corrected. "
        + "p and verdict: DeLong’s paired test after Holm’s correction over all pairs; an interval may leave out 0 beside “tied”."
    )
  }

  static func text(_ value: String?, _ interval: String?) -> String {
    value.map { value in interval.map { "\(value) (\($0))" } ?? value } ?? Format.none
  }

  private static func figure(
    _ rows: [Row], title: String, axis label: String, zero: Double?, limits: ClosedRange<Double>,
    caption: String, chance: Double? = nil
  ) -> Drawing {
    let values = rows.flatMap { row in
      [row.value, row.interval?.lowerBound, row.interval?.upperBound].compactMap(\.self)
    }
    let axis = Axis(label, covering: values + (zero.map { [$0] } ?? []), about: 5, limits: limits)
    let words = rows.map(Words.init)
    let heights = words.map { rowHeight + lineHeight * Double($0.count - 1) }
    let bottom = 6 + heights.reduce(0, +)
    func px(_ value: Double) -> Double { side + axis.share(of: value) * (width - 2 * side) }
    var content = axis.ticks.map { tick in
      Markup("line", ["class": "grid", "x1": px(tick), "x2": px(tick), "y1": 4.0, "y2": bottom])
    }
    if let zero {
      content.append(
        Markup("line", ["class": "reference", "x1": px(zero), "x2": px(zero), "y1": 4.0, "y2": bottom]))
    }
    var top = 6.0
    for (index, row) in rows.enumerated() {
      content += drawn(row, words[index], top: top, px: px)
      top += heights[index]
    }
    content += axis.ticks.map { tick in
      Markup(
        "text", ["class": "tick", "text-anchor": "middle", "x": px(tick), "y": bottom + 16],
        ["\(axis.text(of: tick).withMinus)"])
    }
    content.append(
      Markup(
        "text", ["class": "axis", "text-anchor": "middle", "x": width / 2, "y": bottom + 36],
        [Markup(text: label)]))
    let seen = chance.flatMap { axis.domain.contains($0) ? " \(Format.fixed($0, 1)) is chance." : nil }
    return Drawing(
      title: title, description: rows.map { "\($0.name): \($0.text)" }.joined(separator: "; ") + ".",
      caption: caption + (seen ?? ""), width: width, height: bottom + 42, content: content)
  }

  private static func drawn(
    _ row: Row, _ words: Words, top: Double, px: (Double) -> Double
  ) -> [Markup] {
    func y(_ line: Int) -> Double { top + 13 + lineHeight * Double(line) }
    var content = words.lines.enumerated().map { index, line in
      Markup("text", ["class": "label", "x": side, "y": y(index)], [Markup(text: line)])
    }
    content.append(
      Markup(
        "text", ["class": "number", "text-anchor": "end", "x": width - side, "y": y(words.numberLine)],
        [Markup(text: row.text)]))
    let middle = y(words.count - 1) + 11
    if let interval = row.interval {
      let (low, high) = (px(interval.lowerBound), px(interval.upperBound))
      content.append(
        Markup(
          "line",
          ["class": "whisker \(row.style.colourClass)", "x1": low, "x2": high, "y1": middle, "y2": middle]))
      content += [low, high].map { x in
        Markup(
          "line",
          [
            "class": "whisker \(row.style.colourClass)", "x1": x, "x2": x, "y1": middle - 3.5,
            "y2": middle + 3.5,
          ])
      }
    }
    if let value = row.value { content.append(row.style.marker(x: px(value), y: middle)) }
    return content
  }
}
