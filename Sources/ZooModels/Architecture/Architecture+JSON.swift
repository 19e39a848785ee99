import FoundationEssentials
public import ZooCore
import ZooVolume

extension Architecture {
  /// Reads an architecture file.
  ///
  /// Layers' types and options are checked by `graph(registry:)`, which knows the layers there are.
  public static func load(_ file: String) throws -> Architecture {
    try parse(try JSONValue(parsing: try contents(of: file), from: file), at: file)
  }

  /// Reads an architecture that is already JSON; `place` is the file it stands in, for messages.
  public static func parse(_ value: JSONValue, at place: String) throws -> Architecture {
    var object = try JSONObject(value, at: place)
    let name = try object.string("name")
    try checkName(name, at: object.path("name"))
    let description = try object.string("description", default: "")
    guard !description.contains(where: \.isNewline) else {
      throw Problem("wrong value", at: object.path("description"), expected: "one line", found: "several")
    }
    let input = try Input(try object.required("input"), at: object.path("input"))
    let layers = try LayerListParser.parse(try object.array("layers"), at: object.path("layers"))
    let architecture = Architecture(
      name: name,
      description: description,
      source: try object.string("source", default: ""),
      input: input,
      layers: layers,
      classes: try object.integer("classes", in: 2...65_536, default: 2),
      l2: try object.number("l2", in: 0...1, default: 0),
      place: place)
    try object.finish(alsoKnown: ["$schema"])
    guard architecture.inputShape.count < 1 << 31 else {
      throw Problem(
        "the input is too large", at: object.path("input"), expected: "less than 2³¹ values",
        found: architecture.inputShape.description)
    }
    return architecture
  }

  /// The architecture as JSON that reads back to the same, with all names and inputs written out.
  public var json: JSONValue {
    [
      "name": .string(name),
      "description": .string(description),
      "source": .string(source),
      "input": input.json,
      "layers": .array(layers.map(\.json)),
      "classes": .number(Double(classes)),
      "l2": .number(l2),
    ]
  }

  /// The bytes of a regular file of at most 16 MB, more than any architecture has.
  private static func contents(of file: String) throws -> Data {
    let url = URL(fileURLWithPath: file).resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      throw Problem("no such file", at: file, next: "check the path")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw Problem("not a file", at: file, expected: "an architecture file (JSON)")
    }
    if let size = attributes[.size] as? UInt64, size > 1 << 24 {
      throw Problem(
        "too large for an architecture file", at: file, expected: "at most 16 MB", found: "\(size) bytes")
    }
    do {
      return try Data(contentsOf: url)
    } catch {
      throw Problem("cannot be read", at: file, next: "check its permissions")
    }
  }
}
