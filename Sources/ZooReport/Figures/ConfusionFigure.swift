import ZooStatistics

/// True classes against those that cases are called.
enum ConfusionFigure {
  static func figure(_ matrix: ConfusionMatrix, caption: String) -> Drawing {
    let classes = matrix.classes
    let (left, top) = (58.0, 44.0)
    let cell = (360 - left - 10) / Double(classes)
    let rowHeight = classes == 2 ? 84 : cell
    let height = top + rowHeight * Double(classes) + 10
    var content: [Markup] = [
      Markup(
        "text",
        ["class": "axis", "text-anchor": "middle", "x": left + cell * Double(classes) / 2, "y": 14.0],
        ["called class"]),
      Markup(
        "text",
        [
          "class": "axis", "text-anchor": "middle", "x": 14.0, "y": (top + height) / 2,
          "transform": "rotate(-90 14 \(((top + height) / 2).attribute))",
        ], ["true class"]),
    ]
    for label in 0..<classes {
      let x = left + cell * (Double(label) + 0.5)
      let y = top + rowHeight * (Double(label) + 0.5)
      content.append(
        Markup("text", ["class": "tick", "text-anchor": "middle", "x": x, "y": 36.0], ["\(label)"]))
      content.append(
        Markup("text", ["class": "tick", "text-anchor": "end", "x": left - 8, "y": y + 4], ["\(label)"]))
    }
    for row in 0..<classes {
      let own = matrix.counts[row].reduce(0, +)
      for column in 0..<classes {
        let count = matrix.counts[row][column]
        let share = own > 0 ? Double(count) / Double(own) : 0
        content += drawn(
          count, share: share, isRight: row == column, x: left + cell * Double(column),
          y: top + rowHeight * Double(row), width: cell, height: rowHeight, isLarge: classes == 2)
      }
    }
    let rows = matrix.counts.enumerated().map { row, counts in
      "of class \(row) \(counts.enumerated().map { "\($1) called \($0)" }.joined(separator: ", "))"
    }
    return Drawing(
      title: "Confusion matrix", description: rows.joined(separator: "; ") + ".", caption: caption,
      width: 360,
      height: height, content: content)
  }

  private static func drawn(
    _ count: Int, share: Double, isRight: Bool, x: Double, y: Double, width: Double, height: Double,
    isLarge: Bool
  ) -> [Markup] {
    var content = [
      Markup(
        "rect",
        [
          "class": isRight ? "cell right" : "cell wrong", "x": x + 1, "y": y + 1, "width": width - 2,
          "height": height - 2,
          // Faint enough for text on it to be read.
          "fill-opacity": 0.06 + 0.3 * share,
        ])
    ]
    let (middleX, middleY) = (x + width / 2, y + height / 2)
    guard isLarge else {
      let size = min(12, width / 3.2)
      return content + [
        Markup(
          "text",
          [
            "class": "number", "text-anchor": "middle", "x": middleX, "y": middleY + size / 3,
            "style": "font-size:\(size.attribute)px",
          ], [count == 0 ? "·" : "\(count)"])
      ]
    }
    content.append(
      Markup(
        "text", ["class": "count", "text-anchor": "middle", "x": middleX, "y": middleY + 2],
        ["\(Format.count(count))"]))
    content.append(
      Markup(
        "text", ["class": "number", "text-anchor": "middle", "x": middleX, "y": middleY + 22],
        ["\(Format.fixed(share * 100, 1)) % of its class"]))
    return content
  }
}
