/// A table of text cells, for a terminal or as GitHub Markdown.
///
/// A character counts as one column, which holds for ASCII and for signs such as × – ± ².
public struct TextTable: Hashable, Sendable {
  /// The side to which the cells of a column keep.
  public enum Alignment: Hashable, Sendable {
    /// For words
    case left
    /// For numbers
    case right
  }

  /// A column's title and alignment.
  public struct Column: Hashable, Sendable {
    /// What stands above the column.
    public let title: String
    /// Where its cells and its title stand.
    public let alignment: Alignment

    /// A column, to the left unless said otherwise.
    public init(_ title: String, _ alignment: Alignment = .left) {
      self.title = TextTable.oneLine(title)
      self.alignment = alignment
    }
  }

  private enum Line: Hashable {
    case cells([String])
    case rule
  }

  private let columns: [Column]
  private var lines: [Line] = []

  /// A table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; cells that are missing are empty, cells without a column are left out.
  public mutating func append(_ cells: [String]) {
    lines.append(.cells(columns.indices.map { $0 < cells.count ? TextTable.oneLine(cells[$0]) : "" }))
  }

  /// Adds a rule between the rows above and below it; Markdown has none and leaves it out.
  public mutating func appendRule() { lines.append(.rule) }

  /// The table for a terminal: header, rule, rows, two spaces between columns, each line ended.
  public func text() -> String {
    let widths = widths { $0 }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    var text = line(columns.map(\.title), widths) + rule + "\n"
    for line in lines {
      switch line {
      case .cells(let cells): text += self.line(cells, widths)
      case .rule: text += rule + "\n"
      }
    }
    return text
  }

  /// The table as GitHub Markdown, padded so that its source reads well too.
  public func markdown() -> String {
    let widths = widths(TextTable.escaped).map { max($0, 3) }
    let marks = zip(columns, widths).map { column, width in
      let dashes = String(repeating: "-", count: width - 1)
      return column.alignment == .left ? ":" + dashes : dashes + ":"
    }
    var rows = [columns.map(\.title), marks]
    for case .cells(let cells) in lines { rows.append(cells) }
    return rows.map { row in
      "| " + padded(row.map(TextTable.escaped), widths).joined(separator: " | ") + " |\n"
    }.joined()
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let text = padded(cells, widths).joined(separator: "  ")
    return String(text.prefix(text.count - text.reversed().prefix { $0 == " " }.count)) + "\n"
  }

  private func padded(_ cells: [String], _ widths: [Int]) -> [String] {
    columns.indices.map { index in
      let space = String(repeating: " ", count: widths[index] - cells[index].count)
      return columns[index].alignment == .left ? cells[index] + space : space + cells[index]
    }
  }

  private func widths(_ shown: (String) -> String) -> [Int] {
    columns.indices.map { index in
      lines.reduce(shown(columns[index].title).count) { widest, line in
        if case .cells(let cells) = line { max(widest, shown(cells[index]).count) } else { widest }
      }
    }
  }

  /// A bar would end a Markdown cell.
  private static func escaped(_ cell: String) -> String {
    cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  /// Names come from files: a line break or an escape sequence must not reach the terminal.
  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : $0 })
  }
}
