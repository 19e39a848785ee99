/// A piece of HTML or SVG whose text is escaped: names come from files and may hold anything.
///
/// A string literal is text, not markup. What is built here is well-formed XML too, so that a figure can stand alone.
struct Markup: Hashable, Sendable {
  /// The piece as it stands in the page.
  private(set) var source: String

  /// An element with its attributes, in this order, and what is in it.
  init(
    _ name: String, _ attributes: KeyValuePairs<String, any AttributeValue> = [:], _ children: [Markup] = []
  ) {
    var source = "<\(name)"
    for (key, value) in attributes { source += " \(key)=\"\(Markup.escaped(value.attribute))\"" }
    // HTML knows empty elements by name only.
    if children.isEmpty, Markup.emptyElements.contains(name) {
      source += "/>"
    } else {
      source += ">" + children.map(\.source).joined() + "</\(name)>"
    }
    self.source = source
  }

  /// Text.
  init(text: String) { source = Markup.escaped(text) }

  /// What is known to be well-formed: the page's own style sheet.
  init(wellFormed source: String) { self.source = source }

  /// Pieces one after the other.
  init(_ pieces: [Markup]) { source = pieces.map(\.source).joined() }

  private static let emptyElements: Set<String> = ["img", "meta", "link", "br", "hr"]

  /// Text where markup, attributes and the direction of writing around it cannot be touched by it.
  ///
  /// What XML does not allow, and marks that turn the text after them around, become U+FFFD.
  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\t", "\n": result.append(scalar)
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FFFE}", "\u{FFFF}":
        result.append("\u{FFFD}")
      default: result.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
      }
    }
    return String(result)
  }
}

extension Markup: ExpressibleByStringInterpolation {
  /// Text, escaped with all that is interpolated.
  init(stringLiteral text: String) { self.init(text: text) }
}

/// What an attribute may be given.
protocol AttributeValue {
  /// The attribute's text, not yet escaped.
  var attribute: String { get }
}

extension String: AttributeValue {
  var attribute: String { self }
}

extension Int: AttributeValue {
  var attribute: String { "\(self)" }
}

extension Double: AttributeValue {
  /// A coordinate: hundredths of a pixel are enough.
  var attribute: String {
    let text = Format.fixed(self, 2)
    guard text.contains(".") else { return text }
    let short = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return short.isEmpty ? "0" : String(short.reversed())
  }
}
