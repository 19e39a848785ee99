public import ZooStatistics

/// Contenders side by side: size, AUC with its interval, difference to the best with what it says, training time.
public struct ComparisonTable: Hashable, Sendable {
  /// The name of the row that knows only size, shape and brightness of what the mask holds.
  public static let shapeName = "shape"

  /// The rows, in the order in which they are shown.
  public let rows: [ComparisonRow]
  /// What the AUC was taken on, the title of its column.
  public let aucTitle: String
  /// How many pairs of rows were tested, for which p-values are corrected.
  public let pairs: Int
  /// The contender to take, where there is a choice.
  public let recommended: String?
  /// What so many cases can show.
  public let sight: Sight?

  /// How good choosing the best network is, on cases that had no part in the choice.
  public let choice: Choice?

  /// The AUC of a choice, fold by fold.
  public struct Choice: Hashable, Sendable {
    /// The AUC.
    public let auc: Double
    /// Its 95 % interval.
    public let interval: ClosedRange<Double>?

    /// Whether inner folds chose, which had not seen the fold; else the other folds, whose models had.
    public let isNested: Bool

    /// The AUC of a choice.
    public init(auc: Double, interval: ClosedRange<Double>?, isNested: Bool = false) {
      (self.auc, self.interval, self.isNested) = (auc, interval, isNested)
    }
  }

  /// A table of rows.
  public init(
    _ rows: [ComparisonRow], aucTitle: String = "validation AUC", pairs: Int = 0, recommended: String? = nil,
    choice: Choice? = nil, sight: Sight? = nil
  ) {
    self.rows = rows
    self.aucTitle = aucTitle
    self.pairs = pairs
    self.recommended = recommended
    self.choice = choice
    self.sight = sight
  }

  /// The table for a terminal; long names are shortened as far as it takes to fit in 100 columns.
  public func text() -> String {
    let full = table().text()
    let excess = (full.split(separator: "\n").map(\.count).max() ?? 0) - 100
    let longest = rows.map(\.name.count).max() ?? 0
    guard excess > 0 else { return full }
    return table(names: rows.map(\.name).lengthToTellApart(from: max(12, longest - excess))).text()
  }

  /// The table as GitHub Markdown.
  public func markdown() -> String { table().markdown() }

  /// The table, with names of at most so many characters.
  private func table(names length: Int = .max) -> TextTable {
    var table = TextTable([
      .init("model"), .init("parameters", .right), .init(aucTitle, .right), .init("95 % interval"),
      .init("to the best", .right), .init("p", .right), .init("verdict"), .init("training", .right),
    ])
    for row in rows {
      let p = row.toBest?.adjustedP ?? row.toBest?.p
      table.append([
        row.name.shortened(to: length),
        row.parameters.map(Format.count) ?? Format.none,
        row.auc.map { Format.fixed($0, 3) } ?? Format.none,
        row.interval.map { Format.interval($0, 3) } ?? Format.none,
        row.isBest ? "best" : row.toBest.map { Format.signed($0.auc, 3) } ?? Format.none,
        row.isBest ? "" : p.map(Format.pValue) ?? Format.none,
        row.isBest ? "" : row.standing,
        row.trainingSeconds.map(Format.seconds) ?? Format.none,
      ])
    }
    return table
  }
}
