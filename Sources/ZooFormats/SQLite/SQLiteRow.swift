import CSQLite
import ZooCore

/// One row of an answer, there only while it is handed on; columns are counted from 0.
///
/// A value of another kind than asked for is a `Problem` that names file and column, never a silent 0.
public struct SQLiteRow: ~Copyable {
  let statement: SQLiteStatement
  let path: String

  /// Whether there is no value.
  public func isNull(_ column: Int) -> Bool { kind(column) == SQLITE_NULL }

  /// A whole number.
  public func int(_ column: Int) throws -> Int {
    guard kind(column) == SQLITE_INTEGER else { throw wrong(column, expected: "a whole number") }
    return Int(sqlite3_column_int64(statement.handle, Int32(column)))
  }

  /// A number; whole ones are taken too.
  public func double(_ column: Int) throws -> Double {
    guard kind(column) == SQLITE_FLOAT || kind(column) == SQLITE_INTEGER else {
      throw wrong(column, expected: "a number")
    }
    return sqlite3_column_double(statement.handle, Int32(column))
  }

  /// A text.
  public func text(_ column: Int) throws -> String {
    guard kind(column) == SQLITE_TEXT, let bytes = sqlite3_column_text(statement.handle, Int32(column)) else {
      throw wrong(column, expected: "text")
    }
    let count = Int(sqlite3_column_bytes(statement.handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  private func kind(_ column: Int) -> Int32 { sqlite3_column_type(statement.handle, Int32(column)) }

  private func wrong(_ column: Int, expected: String) -> Problem {
    let name = sqlite3_column_name(statement.handle, Int32(column)).map { String(cString: $0) } ?? "\(column)"
    let kinds = [
      SQLITE_INTEGER: "a whole number", SQLITE_FLOAT: "a number", SQLITE_TEXT: "text", SQLITE_BLOB: "bytes",
      SQLITE_NULL: "nothing",
    ]
    return Problem(
      "wrong value in column \"\(name)\"", at: path, expected: expected,
      found: kinds[kind(column)] ?? "unknown")
  }
}
