extension String {
  /// How wide the text is drawn at most, in its font's size: a drawing does not know which font it will have.
  var width: Double { reduce(0) { $0 + $1.width } }

  /// The text in lines of at most so many font sizes, broken after a space or a mark where there is one, else anywhere.
  func lines(within limit: Double) -> [String] {
    var lines: [String] = []
    var rest = Substring(self)
    while String(rest).width > limit {
      var (end, length) = (rest.startIndex, 0.0)
      while length + rest[end].width <= limit {
        length += rest[end].width
        end = rest.index(after: end)
      }
      let line = rest[..<max(end, rest.index(after: rest.startIndex))]
      // A break early in the line would waste the most of it.
      let kept = line.lastIndex { " _-./,".contains($0) }.map { line[...$0] }
      lines.append(String(kept.map { $0.count * 2 > line.count ? $0 : line } ?? line))
      rest = rest.dropFirst(lines[lines.count - 1].count)
    }
    return lines + [String(rest)]
  }
}

extension Character {
  /// How wide it is drawn at most, in its font's size: as in the wide fonts among those of the page.
  fileprivate var width: Double {
    guard let value = asciiValue else {
      let scalar = unicodeScalars.map(\.value).max() ?? 0
      return scalar < 0x300 ? 0.9 : scalar < 0x1F000 ? 1.05 : 1.4
    }
    switch Unicode.Scalar(value) {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ", "f", "t", "r", "(", ")", "[", "]", "-":
      return 0.42
    case "m", "w", "M", "W", "@", "%": return 1
    case "A"..."Z", "+", "<", "=", ">", "~", "#", "&": return 0.84
    default: return 0.66
    }
  }
}
