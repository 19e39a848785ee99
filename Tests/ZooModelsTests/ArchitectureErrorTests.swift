import Testing
import ZooCore
import ZooGraph
import ZooLayers
import ZooModels

private func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text.utf8, from: "test") }

/// What a person reads about a wrong architecture.
private func message(_ value: JSONValue) throws -> String {
  let problem = #expect(throws: Problem.self) {
    try Architecture.parse(value, at: "x.json").graph(registry: builtIn())
  }
  return try #require(problem).description
}

private let conv = #"{"type": "conv3d", "name": "stem", "filters": 8, "kernel": 3}"#

private let wrongLayers: [(String, String)] = [
  (
    #"[{"type": "conv3", "filters": 8, "kernel": 3}]"#,
    """
    x.json: layers[0].type: unknown layer "conv3"; did you mean "conv3d"? There are: add, avg_pool3d, \
    batch_norm, concat, conv3d, dense, dense_block, dropout, elu, flatten, global_avg_pool, leaky_relu, \
    max_pool3d, relu, residual_block, scale, sigmoid, softmax, transition
    """
  ),
  (
    #"[{"type": "relu"}, {"type": "conv3d", "filters": 8, "kernel": [3, 3]}]"#,
    """
    x.json: layers[1].kernel: wrong value: expected a whole number from 1 to 64, or three in an array \
    (depth, height, width), found an array of 2
    """
  ),
  (
    #"[{"type": "leaky_relu", "slop": 0.1}]"#,
    "x.json: layers[0]: unknown key \"slop\"; did you mean \"slope\"? There are: inputs, name, slope, type"
  ),
  (
    #"[{"filters": 8}]"#,
    "x.json: layers[0]: missing key \"type\"; add it"
  ),
  (
    #"["relu"]"#,
    "x.json: layers[0]: wrong value: expected an object { … }, found \"relu\""
  ),
  (
    #"[{"type": 3}]"#,
    "x.json: layers[0].type: wrong value: expected a string, found 3"
  ),
  (
    #"[{"type": "relu", "name": "my relu"}]"#,
    """
    x.json: layers[0].name: wrong name: expected up to 100 letters, digits, "_", "-", with dots between them, \
    found "my relu"
    """
  ),
  (
    #"[\#(conv), {"type": "relu"}, \#(conv)]"#,
    """
    x.json: layers[2].name: the name "stem" is taken: found it is also the name of layers[0]; \
    choose another name
    """
  ),
  (
    #"[{"type": "relu", "name": "input"}]"#,
    "x.json: layers[0].name: the name \"input\" is taken: found it is the network's input; choose another name"
  ),
  (
    #"[\#(conv), {"type": "relu", "inputs": ["sten"]}]"#,
    "x.json: layers[1].inputs[0]: unknown layer \"sten\"; did you mean \"stem\"? There are: input, stem"
  ),
  (
    #"[\#(conv), {"type": "relu", "inputs": "stem"}]"#,
    "x.json: layers[1].inputs: wrong value: expected an array [ … ], found \"stem\""
  ),
  (
    #"[\#(conv), {"type": "relu", "inputs": [0]}]"#,
    "x.json: layers[1].inputs[0]: wrong value: expected the name of a layer, found 0"
  ),
  (
    #"[{"type": "add", "inputs": ["input", "stem"]}, \#(conv)]"#,
    """
    x.json: layers[0].inputs[1]: "stem" comes later: expected an earlier layer or "input", found layers[1]; \
    put the layers in the order they run
    """
  ),
  (
    #"[{"type": "add", "name": "sum", "inputs": ["input", "sum"]}]"#,
    """
    x.json: layers[0].inputs[1]: a layer cannot be its own input: expected an earlier layer or "input", \
    found "sum"; put the layers in the order they run
    """
  ),
  (
    #"[{"type": "add"}]"#,
    """
    x.json: layers[0].inputs: wrong number of inputs: expected 2 to 64, found 1; \
    list the layers it reads in "inputs"
    """
  ),
  (
    #"[\#(conv), {"type": "relu", "inputs": ["stem", "input"]}]"#,
    """
    x.json: layers[1].inputs: wrong number of inputs: expected 1, found 2; \
    list the layers it reads in "inputs"
    """
  ),
  (
    #"[\#(conv), {"type": "relu", "inputs": ["input"]}]"#,
    """
    x.json: layers[0]: nothing uses the layer "stem"; \
    name it in the "inputs" of a later layer, or remove it
    """
  ),
  (
    #"[\#(conv), {"type": "add", "inputs": ["stem", "input"]}]"#,
    "x.json: layers[1]: add_1: add needs two or more inputs of one shape: found 8×6×7×8 and 2×6×7×8"
  ),
  (
    #"[{"type": "max_pool3d", "kernel": 7, "name": "pool"}]"#,
    """
    x.json: layers[0]: pool: the window does not fit: expected an input of at least 7 voxels an axis, \
    found 6×7×8; use a smaller kernel, or padding "same"
    """
  ),
  (
    #"[{"type": "flatten"}, {"type": "dense", "name": "wide", "units": 65536}, {"type": "dense", "units": 65536}]"#,
    """
    x.json: layers[2]: dense_1: weight is empty or too large: expected 1 to 2³¹ − 1 values, \
    found 65536×65536
    """
  ),
  (
    #"[{"type": "dense_block", "name": "block", "layers": 1000, "growth": 16}]"#,
    "x.json: layers[0].layers: wrong value: expected a whole number from 1 to 64, found 1000"
  ),
  (
    #"[]"#,
    "x.json: layers: wrong number of layers: expected 1 to 1000, found 0"
  ),
  (
    #"[\#(conv)]"#,
    """
    x.json: layers[0]: the network does not end in probabilities: expected softmax, or sigmoid of one unit, \
    found conv3d; add a "softmax" layer at the end
    """
  ),
  (
    #"[\#(conv), {"type": "softmax"}]"#,
    """
    x.json: layers[1]: the output does not fit the 2 classes: expected a vector of 2, found 8×6×7×8; \
    put a "dense" layer with "units": 2 before it
    """
  ),
  (
    #"[{"type": "flatten"}, {"type": "dense", "units": 2}, {"type": "sigmoid"}]"#,
    """
    x.json: layers[2]: the output does not fit the 2 classes: expected a vector of 1, found 2; \
    put a "dense" layer with "units": 1 before it
    """
  ),
]

@Test(arguments: wrongLayers)
func wrongLayersAreNamed(_ layers: String, _ expected: String) throws {
  guard case .array(let layers) = try json(layers) else {
    Issue.record("not an array")
    return
  }
  #expect(try message(architecture(layers)) == expected)
}

private let wrongArchitectures: [(String, String)] = [
  (
    #"{"layers": [{"type": "softmax"}], "nam": "net"}"#,
    "x.json: missing key \"name\": found \"nam\"; rename it"
  ),
  (
    #"{"name": "net", "layers": [{"type": "softmax"}]}"#,
    "x.json: missing key \"input\"; add it"
  ),
  (
    #"{"name": "net", "input": {"size": 4}, "layers": [{"type": "softmax"}], "clases": 3}"#,
    """
    x.json: unknown key "clases"; did you mean "classes"? There are: $schema, classes, description, input, l2, \
    layers, name, source
    """
  ),
  (
    #"{"name": "net", "input": {"size": 4, "masc": "multiply"}, "layers": []}"#,
    """
    x.json: input: unknown key "masc"; did you mean "mask"? There are: channels, mask, padding_value, size, spacing, window
    """
  ),
  (
    #"{"name": "net", "input": {"size": 4, "mask": "times"}, "layers": []}"#,
    "x.json: input.mask: unknown value \"times\"; there are: channel, ignore, multiply"
  ),
  (
    #"{"name": "net", "input": {"size": [4, 4, 1e300]}, "layers": []}"#,
    """
    x.json: input.size: wrong value: expected a whole number from 1 to 1024, or three in an array \
    (depth, height, width), found an array of 3
    """
  ),
  (
    #"{"name": "net", "input": {"channels": 4, "size": 1024}, "layers": [{"type": "softmax"}]}"#,
    "x.json: input: the input is too large: expected less than 2³¹ values, found 4×1024×1024×1024"
  ),
  (
    #"{"name": "net", "input": {"size": 4}, "layers": [{"type": "softmax"}], "classes": 1}"#,
    "x.json: classes: wrong value: expected a whole number from 2 to 65536, found 1"
  ),
  (
    #"{"name": "net", "description": "one\ntwo", "input": {"size": 4}, "layers": []}"#,
    "x.json: description: wrong value: expected one line, found several"
  ),
  (
    #"{"name": "a/b", "input": {"size": 4}, "layers": []}"#,
    """
    x.json: name: wrong name: expected up to 100 letters, digits, "_", "-", with dots between them, \
    found "a/b"
    """
  ),
  (
    #"[1, 2]"#,
    "x.json: wrong value: expected an object { … }, found an array of 2"
  ),
]

@Test(arguments: wrongArchitectures)
func wrongArchitecturesAreNamed(_ text: String, _ expected: String) throws {
  #expect(try message(json(text)) == expected)
}

@Test func threeClassesNeedThreeUnits() throws {
  #expect(
    try message(architecture(head, classes: 3))
      == "x.json: layers[2]: the output does not fit the 3 classes: expected a vector of 3, found 2; "
      + "put a \"dense\" layer with \"units\": 3 before it")
}

@Test func sizesNeverOverflow() throws {
  // Each of these would need more than any machine has, at one place or at another.
  let block: JSONValue = ["type": "dense_block", "layers": 64, "growth": 1024, "bottleneck": 64]
  let wide: JSONValue = ["type": "conv3d", "filters": 65_536, "kernel": 64, "padding": 64]
  let narrow: JSONValue = ["type": "conv3d", "filters": 65_536, "kernel": 1]
  let networks: [[JSONValue]] = [
    Array(repeating: block, count: 990), Array(repeating: wide, count: 3),
    [["type": "flatten"], wide, wide], [narrow, ["type": "flatten"], wide],
  ]
  for layers in networks {
    for size in [1, 7, 512, 1024] as [JSONValue] {
      let text = try message(architecture(layers + head, input: ["size": size]))
      #expect(text.contains("too large") || text.contains("more than"), "\(text)")
    }
  }
}
