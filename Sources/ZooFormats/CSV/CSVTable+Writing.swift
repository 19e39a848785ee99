import ZooCore

extension CSVTable {
  /// Writes a table, whole or not at all; line ends are `\n`, fields are quoted where they need it.
  public static func write(header: [String], rows: [[String]], to path: String) throws {
    try Files.writeAtomically(try text(header: header, rows: rows, place: path), to: path)
  }

  /// The text of a table; a row longer or shorter than the header is a `Problem`.
  public static func text(header: [String], rows: [[String]], place: String = "CSV") throws -> String {
    var text = line(header)
    for (number, row) in rows.enumerated() {
      guard row.count == header.count else {
        throw Problem(
          "row \(number + 1) has the wrong number of fields", at: place, expected: "\(header.count)",
          found: "\(row.count)")
      }
      text += line(row)
    }
    return text
  }

  private static func line(_ fields: [String]) -> String {
    // A line of one empty field would read as an empty line.
    fields == [""] ? "\"\"\n" : fields.map(quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
      return field
    }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
