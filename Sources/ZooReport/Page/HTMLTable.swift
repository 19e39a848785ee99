/// A table of the page: it scrolls sideways by itself where the page is narrow.
struct HTMLTable {
  /// A column.
  struct Column {
    let title: String
    var isNumber = true
    /// Whether a word of the title is too long for a narrow column.
    fileprivate var isLong: Bool { title.split(separator: " ").contains { $0.count > 14 } }
  }

  /// What the table holds; read out before it.
  let caption: String
  let columns: [Column]
  /// Cells, the first of each row its heading.
  let rows: [[String]]
  /// Rows that stand out.
  var strong: Set<Int> = []
  /// Whether it takes the whole width.
  var isWide = false

  /// Columns beside the kept ones that a page holds without being scrolled, and a sheet of paper without being cut.
  private static let most = 6

  /// The same in tables of as many columns as are seen at once, nearly the same number each; the first `kept` stand in all.
  func blocks(keeping kept: Int) -> [HTMLTable] {
    let others = columns.count - kept
    let count = (others + HTMLTable.most - 1) / HTMLTable.most
    guard count > 1 else { return [self] }
    return (0..<count).map { block in
      let shown = kept + others * block / count..<kept + others * (block + 1) / count
      func part<Element>(_ all: [Element]) -> [Element] { Array(all[..<kept] + all[shown]) }
      return HTMLTable(
        caption: "\(caption), \(block + 1) of \(count)", columns: part(columns), rows: rows.map(part),
        strong: strong, isWide: isWide)
    }
  }

  var html: Markup {
    let head = columns.map { column in
      Markup(
        "th", ["scope": "col", "class": (column.isNumber ? "n" : "t") + (column.isLong ? " long" : "")],
        [Markup("bdi", [:], [Markup(text: column.title)])])
    }
    let body = rows.enumerated().map { row, cells in
      Markup(
        "tr", strong.contains(row) ? ["class": "strong"] : [:],
        zip(cells, columns).enumerated().map { index, item in
          let (text, column) = item
          return index == 0
            ? Markup("th", ["scope": "row", "class": "t"], [Markup("bdi", [:], [Markup(text: text)])])
            : Markup("td", ["class": column.isNumber ? "n" : "t"], cell(text.withMinus, column))
        })
    }
    return Markup(
      "div",
      ["class": isWide ? "scroll wide" : "scroll", "role": "region", "aria-label": caption, "tabindex": "0"],
      [
        Markup(
          "table", [:],
          [
            Markup("caption", [:], [Markup(text: caption)]), Markup("thead", [:], [Markup("tr", [:], head)]),
            Markup("tbody", [:], body),
          ])
      ])
  }

  /// An estimate and its interval may stand on two lines, an interval on one alone.
  private func cell(_ text: String, _ column: Column) -> [Markup] {
    guard column.isNumber, let bracket = text.firstIndex(of: "(") ?? text.indices.first else {
      return [Markup(text: text)]
    }
    return [
      Markup(text: String(text[..<bracket])),
      Markup("span", ["class": "whole"], [Markup(text: String(text[bracket...]))]),
    ]
  }
}

extension String {
  /// With a minus sign before a number in place of a hyphen.
  var withMinus: String {
    var result = ""
    var before: Character = " "
    var rest = Substring(self)
    while let character = rest.popFirst() {
      let isSign = character == "-" && (before == " " || before == "(") && rest.first?.isNumber == true
      result.append(isSign ? "−" : character)
      before = character
    }
    return result
  }
}
