import Testing
import ZooCore

@Test func syntaxErrorNamesLineAndColumn() throws {
  let text = "{\n  \"a\": 1,\n  \"b\" 2\n}"
  let problem = #expect(throws: Problem.self) { try JSONValue(parsing: text.utf8, from: "net.json") }
  let line = try #require(problem).description
  #expect(line.hasPrefix("net.json: line 3, column 7: not valid JSON"))
}

@Test func unknownKeyNamesTheNearest() throws {
  var object = try JSONObject(["kernel": 3, "stridse": 2], at: "net.json: layers[1]")
  #expect(try object.triple("kernel", in: 1...9) == [3, 3, 3])
  #expect(try object.triple("stride", in: 1...9, default: 1) == [1, 1, 1])
  let problem = #expect(throws: Problem.self) { try object.finish() }
  #expect(try #require(problem).description.contains("did you mean \"stride\"?"))
}

@Test func wrongValuesNameTheirPath() throws {
  var object = try JSONObject(["kernel": "3x3", "rate": 2, "bias": 1], at: "net.json")
  for read: (inout JSONObject) throws -> Void in [
    { _ = try $0.triple("kernel", in: 1...9) }, { _ = try $0.number("rate", in: 0...1) },
    { _ = try $0.bool("bias") },
  ] {
    let problem = #expect(throws: Problem.self) { try read(&object) }
    #expect(try #require(problem).description.contains("net.json: "))
    #expect(try #require(problem).description.contains("expected"))
  }
}

@Test func registryRefusesDuplicatesAndNamesNeighbours() throws {
  #expect(throws: Problem.self) { try Registry(of: "layer", [("relu", 1), ("relu", 2)]) }
  let registry = try Registry(of: "layer", [("relu", 1), ("elu", 2)])
  #expect(try registry.find("relu") == 1)
  let problem = #expect(throws: Problem.self) { try registry.find("rellu", at: "net.json: layers[0].type") }
  #expect(try #require(problem).description.contains("did you mean \"relu\"?"))
}

@Test func seedsDependOnTheirPathOnly() {
  let seed = Seed(7)
  #expect(seed.child(1) != seed.child(2))
  #expect(seed.child("split") != seed.child("weights"))
  var stream = seed.child(3).stream()
  let draws = (0..<10_000).map { _ in stream.normal() }
  let mean = draws.reduce(0, +) / 10_000
  let deviation = (draws.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 10_000).squareRoot()
  #expect(abs(mean) < 0.05)
  #expect(abs(deviation - 1) < 0.05)
}

@Test func jsonComesBackAsItWas() throws {
  let text = #"{"a":[1,-2.5,1e3,true,null,"x\n\u00e9\ud83d\ude00\"/"],"b":{"c":{}}}"#
  let value = try JSONValue(parsing: text.utf8, from: "x")
  #expect(value == ["a": [1, -2.5, 1000, true, .null, "x\né😀\"/"], "b": ["c": .object([:])]])
  #expect(try JSONValue(parsing: value.text().utf8, from: "y") == value)
}

@Test(arguments: [
  "", "{", "[1,]", "{\"a\":1,\"a\":2}", "01", "1.", "+1", ".5", "nul", "\"\\x\"", "\"\\ud800\"", "[1] 2",
  "{a:1}", "\"a", "--1", "1e999",
])
func brokenJSONIsRefused(_ text: String) {
  #expect(throws: Problem.self) { try JSONValue(parsing: text.utf8, from: "x") }
}
