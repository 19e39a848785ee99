import ZooCore

/// Cuts the bytes of a CSV file into records.
struct CSVScanner {
  let bytes: [UInt8]
  let place: String
  private var position: Int
  private var line = 1

  init(bytes: [UInt8], place: String) {
    self.bytes = bytes
    self.place = place
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next record that is not an empty line, with the line it starts on.
  mutating func next() throws -> (fields: [String], line: Int)? {
    while position < bytes.count, takeLineEnd() {}
    guard position < bytes.count else { return nil }
    let start = line
    var fields = [try field()]
    while !takeLineEnd() {
      position += 1  // the comma: a field ends at nothing else
      fields.append(try field())
    }
    return (fields, start)
  }

  /// One field; stops at a comma, a line end or the end of the file.
  private mutating func field() throws -> String {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quoted() }
    let start = position
    while !atFieldEnd {
      if bytes[position] == UInt8(ascii: "\"") {
        throw Problem(
          "a quote inside a field", at: "\(place):\(line)",
          next: "put the field in quotes and double the quote")
      }
      position += 1
    }
    return try text(bytes[start..<position])
  }

  private mutating func quoted() throws -> String {
    let opened = line
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
          guard atFieldEnd else {
            throw Problem(
              "text after a closing quote", at: "\(place):\(line)", expected: "a comma or a line end")
          }
          return try text(content[...])
        }
        position += 1
      } else if byte == 0x0A || (byte == 0x0D && !(position < bytes.count && bytes[position] == 0x0A)) {
        line += 1
      }
      content.append(byte)
    }
    throw Problem("a quote is never closed", at: "\(place):\(opened)")
  }

  private var atFieldEnd: Bool {
    position >= bytes.count || bytes[position] == UInt8(ascii: ",") || bytes[position] == 0x0A
      || bytes[position] == 0x0D
  }

  /// Takes LF, CRLF or CR; the end of the file counts as a line end.
  private mutating func takeLineEnd() -> Bool {
    guard position < bytes.count else { return true }
    guard bytes[position] == 0x0A || bytes[position] == 0x0D else { return false }
    if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
    position += 1
    line += 1
    return true
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw Problem("not text in UTF-8", at: "\(place):\(line)", next: "save it as UTF-8")
    }
    return text
  }
}
