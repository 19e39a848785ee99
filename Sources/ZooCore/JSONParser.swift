/// Reads JSON (RFC 8259) strictly and says line and column where it is wrong; a key that stands twice is wrong too.
struct JSONParser {
  private let bytes: [UInt8]
  private let place: String
  private var at = 0

  init(_ bytes: [UInt8], from place: String) {
    self.bytes = bytes
    self.place = place
  }

  /// Reads the whole document.
  mutating func document() throws -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    if at < bytes.count { throw problem("unexpected text after the end") }
    return value
  }

  private mutating func value(depth: Int) throws -> JSONValue {
    guard depth < 128 else { throw problem("nested too deeply") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw problem("unexpected end of file")
    case let byte? where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte): return try number()
    default: throw problem("unexpected character")
    }
  }

  private mutating func object(depth: Int) throws -> JSONValue {
    at += 1
    var values: [String: JSONValue] = [:]
    skipSpace()
    if take("}") { return .object(values) }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw problem("expected a key in double quotes") }
      let key = try string()
      skipSpace()
      guard take(":") else { throw problem("expected \":\" after the key \"\(key)\"") }
      guard values.updateValue(try value(depth: depth + 1), forKey: key) == nil else {
        throw problem("the key \"\(key)\" stands twice")
      }
      skipSpace()
    } while take(",")
    guard take("}") else { throw problem("expected \",\" or \"}\"") }
    return .object(values)
  }

  private mutating func array(depth: Int) throws -> JSONValue {
    at += 1
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(values) }
    repeat {
      values.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw problem("expected \",\" or \"]\"") }
    return .array(values)
  }

  private mutating func string() throws -> String {
    at += 1
    var text: [UInt8] = []
    while let byte = peek {
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw problem("a string is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): text += try escape()
      case 0..<0x20: throw problem("a control character in a string")
      default: text.append(byte)
      }
    }
    throw problem("a string has no end")
  }

  private mutating func escape() throws -> [UInt8] {
    guard let byte = peek else { throw problem("unexpected end of file") }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"):
      var units = [try hexadecimal()]
      if (0xD800..<0xDC00).contains(units[0]), take("\\"), take("u") { units.append(try hexadecimal()) }
      guard let text = String(validating: units, as: UTF16.self) else { throw problem("a broken \\u escape") }
      return Array(text.utf8)
    default: throw problem("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws -> UInt16 {
    let digits = String(decoding: bytes[at..<min(at + 4, bytes.count)], as: UTF8.self)
    guard digits.utf8.count == 4, let unit = UInt16(digits, radix: 16), digits.first != "+" else {
      throw problem("expected four hexadecimal digits")
    }
    at += 4
    return unit
  }

  private mutating func number() throws -> JSONValue {
    let start = at
    while let byte = peek, "+-.eE0123456789".utf8.contains(byte) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    let digits = text.drop { $0 == "-" }
    let leadingZero = digits.count > 1 && digits.first == "0" && digits.dropFirst().first?.isNumber == true
    guard let value = Double(text), value.isFinite, !leadingZero, digits.first?.isNumber == true,
      !text.hasSuffix(".")
    else {
      at = start
      throw problem("\"\(text)\" is not a number")
    }
    return .number(value)
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws -> JSONValue {
    guard bytes[at...].starts(with: text.utf8) else { throw problem("unexpected character") }
    at += text.utf8.count
    return value
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { at += 1 }
  }

  private func problem(_ what: String) -> Problem {
    let before = bytes[..<min(at, bytes.count)]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
    return Problem("not valid JSON: \(what)", at: "\(place): line \(line), column \(column)")
  }
}
