import Testing
import ZooCore
import ZooFormats

@Suite("CSV")
struct CSVTests {
  private func table(_ text: String) throws -> CSVTable {
    try CSVTable(parsing: Array(text.utf8), from: "t.csv")
  }

  @Test("what Python's csv module wrote: byte order mark, CRLF, quotes")
  func python() throws {
    let table = try CSVTable(reading: fixture("quotes.csv"))
    #expect(table.header == ["name", "a,b", "größe"])
    #expect(
      table.rows == [
        ["x", "", "1.5"], ["say \"hi\"", "two\nlines", "-2e-3"], ["", ",", "\r\n"], [" spaced ", "\"", "3"],
      ])
    #expect(table.lines == [2, 3, 5, 7])
    #expect(try table.column("a,b") == ["", "two\nlines", ",", "\""])
    problem("quotes.csv:5: wrong value in column \"größe\": expected a number") { try table.numbers("größe") }
  }

  @Test("line ends, a missing last one, empty lines", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    let text = ["", "name,label", "a,1", "", "b,0"].joined(separator: end)
    for tail in ["", end, end + end] {
      let table = try table(text + tail)
      #expect(table.rows == [["a", "1"], ["b", "0"]])
      #expect(table.lines == [3, 5])
      #expect(try table.numbers("label") == [1, 0])
      #expect(table.place(ofRow: 1) == "t.csv:5")
    }
  }

  @Test("fields at the edges")
  func edges() throws {
    #expect(try table("a,b\n,\n").rows == [["", ""]])
    #expect(try table("a\n\"\"\n").rows == [[""]])
    #expect(try table("a").rows == [])
    #expect(try table("a,b\n1,\"2\"").rows == [["1", "2"]])
  }

  @Test(
    "what is refused, with its line",
    arguments: [
      ("", "t.csv: empty file"), ("\n\n", "t.csv: empty file"),
      ("a,b\n1,2\n3\n", "t.csv:3: wrong number of fields: expected 2 as in the header, found 1"),
      ("a,b\n\"1\n\",2\n3,4,5\n", "t.csv:4: wrong number of fields: expected 2 as in the header, found 3"),
      ("a\n\"b\nc\n", "t.csv:2: a quote is never closed"),
      ("a\n\"b\"c\n", "t.csv:2: text after a closing quote"),
      ("a\nb\"c\n", "t.csv:2: a quote inside a field"), ("a\n\"", "t.csv:2: a quote is never closed"),
    ])
  func refused(text: String, message: String) {
    problem(message) { try table(text) }
  }

  @Test("bytes that are no UTF-8")
  func encoding() {
    problem("t.csv:2: not text in UTF-8") { try CSVTable(parsing: Array("a\n".utf8) + [0xE9], from: "t.csv") }
    // UTF-16, as spreadsheets export it
    problem("t.csv:1: not text in UTF-8") { try CSVTable(parsing: [0xFF, 0xFE, 0x61, 0], from: "t.csv") }
  }

  @Test("columns by name")
  func columns() throws {
    let table = try table("name,label,x,x\na,1,2,3\n")
    problem("t.csv: has no column \"lable\"; did you mean \"label\"?") { try table.column("lable") }
    problem("t.csv: has two columns \"x\"") { try table.column("x") }
    #expect(table.has(column: "label"))
    #expect(!table.has(column: "Label"))
  }

  @Test("numbers are written with a point, whatever the locale")
  func numbers() throws {
    #expect(try table("x\n1.5\n-2e-3\n0\nnan\n").numbers("x").prefix(3) == [1.5, -0.002, 0])
    for text in ["1,5", "", " 1", "1 ", "0,5e3", "one"] {
      problem("t.csv:2: wrong value in column \"x\"") { try table("x\n\"\(text)\"\n").numbers("x") }
    }
  }

  @Test("what was written is read")
  func roundTrip() throws {
    try withFolder { folder in
      let path = Files.join(folder, "t.csv")
      let original = try CSVTable(reading: fixture("quotes.csv"))
      try CSVTable.write(header: original.header, rows: original.rows, to: path)
      let copy = try CSVTable(reading: path)
      #expect(copy.header == original.header)
      #expect(copy.rows == original.rows)
      #expect(try CSVTable.text(header: ["a"], rows: [[""], ["b"], ["c\"d"]]) == "a\n\"\"\nb\n\"c\"\"d\"\n")
      problem("\(path): row 2 has the wrong number of fields") {
        try CSVTable.write(header: ["a"], rows: [["1"], ["1", "2"]], to: path)
      }
      #expect(try CSVTable(reading: path).rows == original.rows)
    }
  }
}
