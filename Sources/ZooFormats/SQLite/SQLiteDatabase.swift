import CSQLite
import ZooCore

/// An SQLite database that is only read: the owner of its handle.
public final class SQLiteDatabase {
  /// The file.
  public let path: String
  private let handle: OpaquePointer

  /// Opens a file, to which nothing is ever written; one that is no database is a `Problem`.
  public init(reading path: String) throws {
    _ = try Files.size(ofFile: path)
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil)
    guard let handle else { throw Problem("cannot open the database", at: path, found: "out of memory") }
    self.path = path
    self.handle = handle
    guard code == SQLITE_OK else { throw problem() }
    // SQLite looks at the file at the first question only.
    try query("SELECT count(*) FROM sqlite_master") { _ in }
  }

  deinit { sqlite3_close_v2(handle) }

  /// Asks one question and hands on the rows of the answer one by one, in their order.
  public func query(_ sql: String, each body: (borrowing SQLiteRow) throws -> Void) throws {
    let statement = try SQLiteStatement(sql, of: handle, path: path)
    let row = SQLiteRow(statement: statement, path: path)
    while true {
      switch sqlite3_step(row.statement.handle) {
      case SQLITE_ROW: try body(row)
      case SQLITE_DONE: return
      default: throw problem()
      }
    }
  }

  private func problem() -> Problem {
    Problem("SQLite", at: path, found: String(cString: sqlite3_errmsg(handle)))
  }
}

/// The owner of a prepared statement.
struct SQLiteStatement: ~Copyable {
  let handle: OpaquePointer

  init(_ sql: String, of database: OpaquePointer, path: String) throws {
    var handle: OpaquePointer?
    guard sqlite3_prepare_v2(database, sql, -1, &handle, nil) == SQLITE_OK, let handle else {
      throw Problem("SQLite refuses a query", at: path, found: String(cString: sqlite3_errmsg(database)))
    }
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }
}
