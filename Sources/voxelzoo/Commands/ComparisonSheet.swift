import ZooCore
import ZooData
import ZooFormats
import ZooReport
import ZooStatistics
import ZooTraining

/// A comparison as it is shown and kept: the table, where its spread comes from, parts of the cases, and what all of it says.
struct ComparisonSheet {
  private let result: ComparisonResult
  private let table: ComparisonTable
  private let subgroups: (column: String, parts: [Subgroup])?
  private let record: ComparisonRecord

  init(
    _ result: ComparisonResult, subgroups: (column: String, parts: [Subgroup])?, aucTitle: String,
    record: ComparisonRecord
  ) {
    self.result = result
    self.record = record
    self.subgroups = subgroups
    table = ComparisonTable(result, aucTitle: aucTitle)
  }

  /// Keeps the table in three forms, and every row's predictions; gives what `comparison.json` holds.
  func write(to folder: String, threads: Int) throws -> [String: JSONValue] {
    try Files.makeFolder(Files.join(folder, "predictions"))
    try Files.writeAtomically(
      try ComparisonSheet.csv([self]), to: Files.join(folder, "comparison.csv"))
    try Files.writeAtomically(markdown, to: Files.join(folder, "comparison.md"))
    return try ComparisonFolder(folder).write(result, values, threads: threads)
  }

  /// What a command prints of sheets, one below the other; JSON it prints as it was kept.
  static func shown(_ sheets: [ComparisonSheet], as output: TableOutput) throws -> String {
    if output.csv { return try csv(sheets) }
    return sheets.map { output.markdown ? $0.markdown : $0.text }.joined(separator: "\n")
  }

  /// One table of all sheets, with the part of the data that each row is of; subgroups below all cases.
  private static func csv(_ sheets: [ComparisonSheet]) throws -> String {
    let rows = sheets.flatMap { sheet in
      let part = sheet.record.part.rawValue
      return sheet.table.csvRows.map { $0 + [part, ""] }
        + sheet.subgroupRows.map { $0.cells + [part, $0.subgroup] }
    }
    return try CSVTable.text(header: ComparisonTable.csvHeader + ["part", "subgroup"], rows: rows)
  }

  /// A row for each model and subgroup, its AUC and interval alone; the subgroup's name is `site: north`.
  private var subgroupRows: [(cells: [String], subgroup: String)] {
    guard let subgroups else { return [] }
    func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    return subgroups.parts.flatMap { part in
      zip(result.rows, part.evaluations).map { row, evaluation in
        let interval = evaluation.interval
        let cells = [
          "model": row.contender.name, "auc": number(evaluation.auc),
          "auc_low": number(interval?.lowerBound), "auc_high": number(interval?.upperBound),
        ]
        return (ComparisonTable.csvHeader.map { cells[$0] ?? "" }, "\(subgroups.column): \(part.name)")
      }
    }
  }

  private var text: String {
    let narrow = parts(
      values: subgroups?.parts.map(\.name).lengthToTellApart(from: 26) ?? 0,
      names: result.rows.map(\.contender.name).lengthToTellApart(from: 28))
    let tables = [table.text()] + [spread?.text(), narrow?.text()].compactMap(\.self)
    return tables.joined(separator: "\n") + table.conclusionLines
  }

  private var markdown: String {
    let tables = [table.markdown()] + [spread?.markdown(), parts()?.markdown()].compactMap(\.self)
    let sentences = result.notes.map { "note: \($0)" } + table.conclusions
    return tables.joined(separator: "\n") + "\n" + sentences.map { "- \($0)\n" }.joined()
  }

  /// Where the spread of one training's AUC comes from; nil without folds.
  private var spread: TextTable? {
    let rows = result.rows.compactMap { row in row.variance.map { (row.contender, $0) } }
    guard !rows.isEmpty else { return nil }
    var table = TextTable([
      .init("one training"), .init("mean AUC of the folds", .right), .init("their range"),
      .init("SD by seed", .right), .init("by fold", .right), .init("by cases", .right),
    ])
    for (contender, variance) in rows {
      table.append([
        contender.name, Format.fixed(variance.mean, 3),
        Format.range(of: contender.foldAUCs.compactMap(\.self), 3),
        variance.seed.map { Format.fixed($0.squareRoot(), 3) } ?? Format.none,
        Format.fixed(variance.fold.squareRoot(), 3), Format.fixed(variance.cases.squareRoot(), 3),
      ])
    }
    return table
  }

  /// Parts of the cases, and below each a row for each model: narrow for any number of both.
  private func parts(values: Int = .max, names: Int = .max) -> TextTable? {
    guard let subgroups else { return nil }
    var table = TextTable([
      .init(subgroups.column), .init("cases", .right), .init("of class 1", .right), .init("model"),
      .init("AUC", .right), .init("95 % interval"),
    ])
    for part in subgroups.parts {
      let counts = [Format.count(part.cases), Format.count(part.counts.dropFirst().first ?? 0)]
      for (number, (row, evaluation)) in zip(result.rows, part.evaluations).enumerated() {
        table.append(
          (number == 0 ? [part.name.shortened(to: values)] + counts : ["", "", ""]) + [
            row.contender.name.shortened(to: names),
            evaluation.auc.map { Format.fixed($0, 3) } ?? Format.none,
            evaluation.interval.map { Format.interval($0, 3) } ?? Format.none,
          ])
      }
    }
    return table
  }

  private var values: [String: JSONValue] {
    guard case .object(var values) = table.json else { return [:] }
    values.merge(record.json) { $1 }
    values["notes"] = .array(result.notes.map { .string($0) })
    values["subgroups"] =
      subgroups.map { subgroups in
        [
          "column": .string(subgroups.column),
          "parts": .array(
            subgroups.parts.map { part in
              [
                "name": .string(part.name),
                "evaluations": .object(
                  Dictionary(zip(result.rows.map(\.contender.name), part.evaluations.map(\.json))) {
                    first, _ in first
                  }),
              ]
            }),
        ]
      } ?? .null
    return values
  }
}
