import FoundationEssentials
import Testing
import ZooCore
import ZooGraph
import ZooLayers
import ZooModels

/// Models/schema.json describes the layers for editors; scripts/fixtures/schema.py checks it as a schema.
private func definitions() throws -> [String: JSONValue] {
  let data = try Data(contentsOf: URL(fileURLWithPath: "\(modelsFolder)/schema.json"))
  guard case .object(let schema) = try JSONValue(parsing: data, from: "schema.json"),
    case .object(let definitions)? = schema["$defs"]
  else { throw Problem("no $defs", at: "schema.json") }
  return definitions
}

@Test func theReadmesExampleIsANetwork() throws {
  let data = try Data(contentsOf: URL(fileURLWithPath: "\(modelsFolder)/README.md"))
  let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
  let example = lines.drop { $0 != "```json" }.dropFirst().prefix { $0 != "```" }.joined(separator: "\n")
  let value = try JSONValue(parsing: example.utf8, from: "README.md")
  let graph = try Architecture.parse(value, at: "README.md").graph(registry: builtIn())
  #expect(graph.nodes.map(\.path).contains("right"))
}

@Test(arguments: BuiltInLayers.list.map { $0.type })
func theSchemaHasTheKeysThatTheLayerReads(_ type: String) throws {
  guard case .object(let definition)? = try definitions()[type],
    case .object(let properties)? = definition["properties"]
  else {
    Issue.record("Models/schema.json does not describe \"\(type)\"")
    return
  }
  let layer = try Registry(layers: BuiltInLayers.list).find(type)
  // What the layer reads shows in its complaint about a key that no layer has.
  let options: [String: JSONValue] = [
    "zzzzzzzzzzzz": 0, "filters": 1, "kernel": 1, "units": 1, "layers": 1, "growth": 1,
  ]
  var object = try JSONObject(
    .object(options.filter { $0.key == "zzzzzzzzzzzz" || properties[$0.key] != nil }), at: type)
  _ = try layer.init(options: &object)
  let problem = #expect(throws: Problem.self) { try object.finish() }
  let listed = try #require(problem?.next).dropFirst("there are: ".count).split(separator: ", ").map(
    String.init)
  #expect(Set(listed) == Set(properties.keys))
}
