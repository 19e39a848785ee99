/// Networks side by side: size, AUC with its interval, difference to the best with its p-value, training time.
public struct ComparisonTable: Hashable, Sendable {
  /// The name of the row that knows only size and shape of the mask.
  public static let shapeName = "shape"

  /// The rows, in the order in which they are shown.
  public let rows: [ComparisonRow]
  /// What the AUC was taken on, the title of its column.
  public let aucTitle: String

  /// A table of rows; the column of notes appears if there is one.
  public init(_ rows: [ComparisonRow], aucTitle: String = "validation AUC") {
    self.rows = rows
    self.aucTitle = aucTitle
  }

  /// The table for a terminal.
  public func text() -> String { table().text() }

  /// The table as GitHub Markdown.
  public func markdown() -> String { table().markdown() }

  private func table() -> TextTable {
    let hasNotes = rows.contains { $0.note != nil }
    var table = TextTable(
      [
        .init("model"), .init("parameters", .right), .init(aucTitle, .right), .init("95 % interval"),
        .init("to the best", .right), .init("p", .right), .init("training", .right),
      ] + (hasNotes ? [.init("note")] : []))
    for row in rows {
      table.append([
        row.name,
        row.parameters.map(Format.count) ?? Format.none,
        row.auc.map { Format.fixed($0, 3) } ?? Format.none,
        row.interval.map { "\(Format.fixed($0.lowerBound, 3)) – \(Format.fixed($0.upperBound, 3))" }
          ?? Format.none,
        row.isBest ? "best" : row.toBest.map { Format.signed($0.auc, 3) } ?? Format.none,
        row.isBest ? "" : row.toBest?.p.map(Format.pValue) ?? Format.none,
        row.trainingSeconds.map(Format.seconds) ?? Format.none,
        row.note ?? "",
      ])
    }
    return table
  }
}
