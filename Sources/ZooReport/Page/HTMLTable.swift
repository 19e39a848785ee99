/// A table of the page: it scrolls sideways by itself where the page is narrow.
struct HTMLTable {
  /// A column.
  struct Column {
    let title: String
    var isNumber = true
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

  var html: Markup {
    let head = columns.map { column in
      Markup(
        "th", ["scope": "col", "class": column.isNumber ? "n" : "t"],
        [Markup("bdi", [:], [Markup(text: column.title)])])
    }
    let body = rows.enumerated().map { row, cells in
      Markup(
        "tr", strong.contains(row) ? ["class": "strong"] : [:],
        zip(cells, columns).enumerated().map { index, item in
          let (text, column) = item
          return index == 0
            ? Markup("th", ["scope": "row", "class": "t"], [Markup("bdi", [:], [Markup(text: text)])])
            : Markup("td", ["class": column.isNumber ? "n" : "t"], [Markup(text: text.withMinus)])
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
