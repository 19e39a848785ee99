extension String {
  /// Lines of at most so many characters, broken between words, all but the first indented; a longer word stands alone.
  func wrapped(at width: Int = 100, indent: String = "  ") -> String {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append((lines.isEmpty ? "" : indent) + word)
      }
    }
    return lines.joined(separator: "\n")
  }
}
