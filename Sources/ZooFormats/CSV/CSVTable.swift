import ZooCore

/// A CSV file with a header line (RFC 4180): every field as text, every row as long as the header.
public struct CSVTable: Hashable, Sendable {
  /// Where it was read, for messages.
  public let place: String
  /// Names of the columns.
  public let header: [String]
  /// The rows' fields, in the file's order; empty lines are left out.
  public let rows: [[String]]
  /// The line of the file on which each row starts, counted from 1.
  public let lines: [Int]

  /// Reads a file in UTF-8, with or without a byte order mark, with any line ends.
  ///
  /// A row longer or shorter than the header and a stray quote are a `Problem` that names file and line.
  public init(reading path: String) throws {
    try self.init(parsing: try Files.read(path), from: path)
  }

  /// Reads text that came from `place`.
  public init(parsing bytes: [UInt8], from place: String) throws {
    var records = CSVScanner(bytes: bytes, place: place)
    guard let header = try records.next() else {
      throw Problem("empty file", at: place, expected: "a header line")
    }
    self.place = place
    self.header = header.fields
    var rows: [[String]] = []
    var lines: [Int] = []
    while let record = try records.next() {
      guard record.fields.count == header.fields.count else {
        throw Problem(
          "wrong number of fields", at: "\(place):\(record.line)",
          expected: "\(header.fields.count) as in the header",
          found: "\(record.fields.count)")
      }
      rows.append(record.fields)
      lines.append(record.line)
    }
    self.rows = rows
    self.lines = lines
  }

  /// Position of a column; a `Problem` where there is none or more than one of that name.
  public func index(of column: String) throws -> Int {
    guard let index = header.firstIndex(of: column) else {
      throw Problem("has no column \"\(column)\"", at: place, next: suggestion(for: column, from: header))
    }
    guard header.lastIndex(of: column) == index else {
      throw Problem("has two columns \"\(column)\"", at: place, next: "rename one of them")
    }
    return index
  }

  /// Whether there is a column of this name.
  public func has(column: String) -> Bool { header.contains(column) }

  /// The fields of a column, a row each.
  public func column(_ name: String) throws -> [String] {
    let index = try index(of: name)
    return rows.map { $0[index] }
  }

  /// The fields of a column as numbers, written with a point in any locale; a `Problem` names the line of another.
  public func numbers(_ name: String) throws -> [Double] {
    let index = try index(of: name)
    return try rows.indices.map { row in
      guard let number = Double(rows[row][index]) else {
        throw Problem(
          "wrong value in column \"\(name)\"", at: place(ofRow: row), expected: "a number",
          found: "\"\(rows[row][index])\"")
      }
      return number
    }
  }

  /// `file:line` of a row, for messages.
  public func place(ofRow row: Int) -> String { "\(place):\(lines[row])" }
}
