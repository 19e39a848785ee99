import ZooCore

/// Reads the `layers` of an architecture file: names the unnamed, finds where every input comes from.
///
/// What the options mean is the layers' own business, and comes later.
struct LayerListParser {
  private let places: [String]
  private var specs: [LayerSpec] = []
  private var names: [String] = []
  private var positions: [String: Int] = [:]

  /// Reads a list of layers whose path is `place`.
  static func parse(_ values: [JSONValue], at place: String) throws -> [LayerSpec] {
    guard (1...1000).contains(values.count) else {
      throw Problem("wrong number of layers", at: place, expected: "1 to 1000", found: "\(values.count)")
    }
    var parser = LayerListParser(places: values.indices.map { "\(place)[\($0)]" })
    return try parser.parse(values)
  }

  private init(places: [String]) { self.places = places }

  private mutating func parse(_ values: [JSONValue]) throws -> [LayerSpec] {
    var objects = try zip(values, places).map { try JSONObject($0, at: $1) }
    let types = try objects.indices.map { try objects[$0].string("type") }
    names = try resolveNames(&objects, types)
    positions = Dictionary(zip(["input"] + names, -1..<names.count)) { first, _ in first }
    for (index, value) in values.enumerated() {
      guard case .object(var options) = value else { continue }
      for key in LayerSpec.keys { options[key] = nil }
      let inputs = try inputs(of: index, &objects[index])
      specs.append(LayerSpec(type: types[index], name: names[index], inputs: inputs, options: options))
    }
    try refuseUnused()
    return specs
  }

  /// Given names as they are; the others are the type and the next free number.
  private func resolveNames(_ objects: inout [JSONObject], _ types: [String]) throws -> [String] {
    var taken: [String: Int] = ["input": -1]
    var given: [String?] = []
    for index in objects.indices {
      guard objects[index].value("name") != nil else {
        given.append(nil)
        continue
      }
      let name = try objects[index].string("name")
      let place = objects[index].path("name")
      try checkName(name, at: place)
      if let other = taken.updateValue(index, forKey: name) {
        throw Problem(
          "the name \"\(name)\" is taken", at: place,
          found: other < 0 ? "it is the network's input" : "it is also the name of layers[\(other)]",
          next: "choose another name")
      }
      given.append(name)
    }
    var counts: [String: Int] = [:]
    return zip(given, types).map { name, type in
      if let name { return name }
      repeat { counts[type, default: 0] += 1 } while taken["\(type)_\(counts[type, default: 0])"] != nil
      return "\(type)_\(counts[type, default: 0])"
    }
  }

  /// The inputs that are listed, or else the layer before, or else the network's input.
  private func inputs(of index: Int, _ object: inout JSONObject) throws -> [String] {
    guard object.value("inputs") != nil else { return [index == 0 ? "input" : names[index - 1]] }
    let place = object.path("inputs")
    return try object.array("inputs").enumerated().map { position, value in
      guard case .string(let name) = value else {
        throw Problem(
          "wrong value", at: "\(place)[\(position)]", expected: "the name of a layer", found: value.kind)
      }
      guard let source = positions[name] else {
        throw Problem(
          "unknown layer \"\(name)\"", at: "\(place)[\(position)]",
          next: suggestion(for: name, from: ["input"] + names[..<index]))
      }
      guard source < index else {
        throw Problem(
          source == index ? "a layer cannot be its own input" : "\"\(name)\" comes later",
          at: "\(place)[\(position)]", expected: "an earlier layer or \"input\"",
          found: source == index ? "\"\(name)\"" : "layers[\(source)]",
          next: "put the layers in the order they run")
      }
      return name
    }
  }

  /// A layer that nobody reads would be computed for nothing, and is mostly a slip.
  private func refuseUnused() throws {
    let used = Set(specs.flatMap(\.inputs))
    for (index, spec) in specs.enumerated().dropLast() where !used.contains(spec.name) {
      throw Problem(
        "nothing uses the layer \"\(spec.name)\"", at: places[index],
        next: "name it in the \"inputs\" of a later layer, or remove it")
    }
  }
}
