import Testing
import ZooReport

private func sample() -> TextTable {
  var table = TextTable([.init("size"), .init("AUC", .right), .init("note")])
  table.append(["32×32×32", "0.881 ± 0.01", "a|b", "no such column"])
  table.appendRule()
  table.append(["64³", "–"])
  return table
}

@Test func tableForATerminal() {
  #expect(
    sample().text() == """
      size               AUC  note
      ────────  ────────────  ────
      32×32×32  0.881 ± 0.01  a|b
      ────────  ────────────  ────
      64³                  –

      """)
}

@Test func tableAsMarkdown() {
  #expect(
    sample().markdown() == """
      | size     |          AUC | note |
      | :------- | -----------: | :--- |
      | 32×32×32 | 0.881 ± 0.01 | a\\|b |
      | 64³      |            – |      |

      """)
}

@Test func cellsStayOnTheirLine() {
  var table = TextTable([.init("na\nme")])
  table.append(["red \u{1B}[31m\r\ntext"])
  #expect(table.text() == "na me\n──────────────\nred  [31m text\n")
}

@Test func aTableWithoutRowsHasItsHeader() {
  #expect(TextTable([.init("a"), .init("bcd", .right)]).text() == "a  bcd\n─  ───\n")
  #expect(TextTable([.init("a", .right)]).markdown() == "|   a |\n| --: |\n")
}
