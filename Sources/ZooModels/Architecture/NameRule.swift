import ZooCore

/// Refuses what cannot name a layer or a model: up to 100 letters, digits, `_`, `-`, with single dots between them.
///
/// Names become parts of file names, of parameters' paths and of tables, so nothing else may be in them.
func checkName(_ name: String, at place: String) throws {
  let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  guard name.utf8.count <= 100, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isNameCharacter) }) else {
    throw Problem(
      "wrong name", at: place,
      expected: "up to 100 letters, digits, \"_\", \"-\", with dots between them", found: "\"\(name)\"")
  }
}

private func isNameCharacter(_ byte: UInt8) -> Bool {
  switch Unicode.Scalar(byte) {
  case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
  default: false
  }
}
