import Testing
import ZooCore
import ZooFormats

@Suite("SQLite")
struct SQLiteTests {
  @Test("values of every kind, row by row")
  func values() throws {
    let database = try SQLiteDatabase(reading: fixture("kinds.sqlite"))
    var ids: [Int] = []
    var numbers: [Double] = []
    var words: [String?] = []
    try database.query("SELECT id, number, word FROM kinds ORDER BY id") { row in
      ids.append(try row.int(0))
      numbers.append(try row.double(1))
      words.append(row.isNull(2) ? nil : try row.text(2))
    }
    #expect(ids == [1, 2, 3])
    #expect(numbers == [0.1, -1e300, 2])
    #expect(words == ["größe, \"x\"", "", nil])
    try database.query("SELECT anything FROM kinds WHERE id = 1") { row in
      let (whole, number) = (try row.int(0), try row.double(0))
      #expect(whole == 1 << 62)
      #expect(number == 0x1p62)
    }
  }

  @Test("a value of another kind is told, not taken as 0")
  func kinds() throws {
    let database = try SQLiteDatabase(reading: fixture("kinds.sqlite"))
    try database.query("SELECT number, word, anything FROM kinds WHERE id = 3") { row in
      problem("kinds.sqlite: wrong value in column \"word\": expected text, found nothing") {
        try row.text(1)
      }
    }
    let message = problem("column \"anything\": expected a whole number, found bytes") {
      try database.query("SELECT anything FROM kinds WHERE id = 2") { row in _ = try row.int(0) }
    }
    #expect(message?.place?.hasSuffix("kinds.sqlite") == true)
    problem("column \"number\": expected a whole number, found a number") {
      try database.query("SELECT number FROM kinds") { row in _ = try row.int(0) }
    }
    problem("column \"word\": expected a number, found text") {
      try database.query("SELECT word FROM kinds") { row in _ = try row.double(0) }
    }
  }

  @Test("what is refused")
  func refused() throws {
    let database = try SQLiteDatabase(reading: fixture("kinds.sqlite"))
    problem("kinds.sqlite: SQLite refuses a query", "no such table: scans") {
      try database.query("SELECT * FROM scans") { _ in }
    }
    problem("kinds.sqlite: SQLite", "readonly") { try database.query("DELETE FROM kinds") { _ in } }
    problem("quotes.csv: ", "not a database") { try SQLiteDatabase(reading: fixture("quotes.csv")) }
    problem("no such file", "did you mean \"kinds.sqlite\"?") {
      try SQLiteDatabase(reading: fixture("kind.sqlite"))
    }
    problem("is a folder") { try SQLiteDatabase(reading: fixture("")) }
  }

  @Test("a damaged database gives a problem or rows, never a crash")
  func damaged() throws {
    let bytes = try Files.read(fixture("kinds.sqlite"))
    try withFolder { folder in
      let path = Files.join(folder, "x.sqlite")
      for position in bytes.indices {
        var damaged = bytes
        damaged[position] ^= 0xFF
        try put(damaged, path)
        do {
          try SQLiteDatabase(reading: path).query("SELECT word FROM kinds") { row in
            if !row.isNull(0) { _ = try row.text(0) }
          }
        } catch is Problem {}
      }
    }
  }
}
