import ZooCore

/// The few Python literals that the header of an `.npy` file is made of.
enum PythonLiteral: Hashable {
  case string(String)
  case bool(Bool)
  case tuple([Int])

  /// Reads `{'key': value, …}` and nothing else; keys may stand twice.
  static func dictionary(_ text: String) throws -> [(key: String, value: PythonLiteral)] {
    var scanner = Scanner(text: Array(text.unicodeScalars))
    return try scanner.dictionary()
  }
}

/// Walks through the text of a header.
private struct Scanner {
  let text: [Unicode.Scalar]
  var position = 0

  mutating func dictionary() throws -> [(key: String, value: PythonLiteral)] {
    var entries: [(key: String, value: PythonLiteral)] = []
    try expect("{")
    while !take("}") {
      let key = try string()
      try expect(":")
      entries.append((key, try value()))
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == text.count else { throw malformed("the end") }
    return entries
  }

  private mutating func value() throws -> PythonLiteral {
    skipSpace()
    switch peek {
    case "'", "\"": return .string(try string())
    case "(": return .tuple(try tuple())
    default:
      if take("True") { return .bool(true) }
      if take("False") { return .bool(false) }
      if peek == "[" {
        throw Problem("unsupported element type", expected: "plain numbers", found: "a structured type")
      }
      throw malformed("a string, True, False or a tuple of whole numbers")
    }
  }

  /// Names of types and keys hold no escapes; a backslash is refused.
  private mutating func string() throws -> String {
    skipSpace()
    guard let quote = peek, quote == "'" || quote == "\"" else { throw malformed("a string") }
    position += 1
    var string = String.UnicodeScalarView()
    while let scalar = peek, scalar != quote {
      guard scalar != "\\", scalar != "\n" else { throw malformed("a string without escapes") }
      string.append(scalar)
      position += 1
    }
    guard take(String(quote)) else { throw malformed("the end of a string") }
    return String(string)
  }

  /// `()`, `(3,)` or `(3, 4)`; a trailing L, as Python 2 wrote it, is allowed.
  private mutating func tuple() throws -> [Int] {
    var numbers: [Int] = []
    try expect("(")
    while !take(")") {
      numbers.append(try number())
      if !take(",") {
        guard numbers.count > 1 else { throw malformed("a comma") }
        try expect(")")
        break
      }
    }
    return numbers
  }

  private mutating func number() throws -> Int {
    skipSpace()
    var digits = ""
    while let scalar = peek, ("0"..."9").contains(scalar) {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    guard !digits.isEmpty else { throw malformed("a whole number") }
    guard let number = Int(digits) else {
      throw Problem("a size in the array's header is too large", found: digits)
    }
    if peek == "L" { position += 1 }
    return number
  }

  private var peek: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private mutating func skipSpace() {
    while let scalar = peek, scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" {
      position += 1
    }
  }

  private mutating func take(_ word: String) -> Bool {
    skipSpace()
    guard text[position...].starts(with: word.unicodeScalars) else { return false }
    position += word.unicodeScalars.count
    return true
  }

  private mutating func expect(_ word: String) throws {
    guard take(word) else { throw malformed("\"\(word)\"") }
  }

  private func malformed(_ expected: String) -> Problem {
    Problem("the array's header is malformed", expected: "\(expected) at character \(position + 1)")
  }
}
