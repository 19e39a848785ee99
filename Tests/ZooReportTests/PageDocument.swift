import Foundation
import FoundationXML

/// A page as an XML parser reads it; a report's pages are well-formed.
final class PageDocument: NSObject, XMLParserDelegate {
  /// An element with the drawing it is in, by the drawing's title.
  struct Element {
    let name: String
    let attributes: [String: String]
    let drawing: String?
    /// What stands in it itself.
    var text = ""
  }

  private(set) var elements: [Element] = []
  /// The text of every drawing's title and description.
  private(set) var titles: [String] = []
  private(set) var descriptions: [String] = []
  /// All text.
  private(set) var text = ""
  /// Why it could not be read.
  private(set) var failure: String?
  private var open: [String] = []
  private var places: [Int] = []

  init(_ html: String) {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    if !parser.parse() { failure = "line \(parser.lineNumber): \(String(describing: parser.parserError))" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(name)
    if name == "title", open.contains("svg") { titles.append("") }
    if name == "desc" { descriptions.append("") }
    places.append(elements.count)
    elements.append(
      Element(name: name, attributes: attributes, drawing: open.contains("svg") ? titles.last : nil))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
    places.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    text += string
    if let place = places.last { elements[place].text += string }
    if open.last == "title", open.contains("svg") { titles[titles.count - 1] += string }
    if open.last == "desc" { descriptions[descriptions.count - 1] += string }
  }

  /// Elements of a drawing.
  func elements(_ name: String, class type: String, in drawing: String) -> [[String: String]] {
    found(name, class: type, in: drawing).map(\.attributes)
  }

  /// Words of a drawing.
  func texts(class type: String, in drawing: String) -> [Element] { found("text", class: type, in: drawing) }

  private func found(_ name: String, class type: String, in drawing: String) -> [Element] {
    elements.filter {
      $0.name == name && $0.drawing == drawing
        && ($0.attributes["class"] ?? "").split(separator: " ").contains(Substring(type))
    }
  }
}
