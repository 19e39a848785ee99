import Testing
import ZooCore
import ZooGraph
import ZooLayers
import ZooModels
import ZooVolume

/// An architecture with these layers, for a volume of 2 × 6 × 7 × 8 unless told otherwise.
func architecture(
  _ layers: [JSONValue], input: JSONValue = ["channels": 2, "size": [6, 7, 8]], classes: JSONValue = 2
) -> JSONValue {
  ["name": "net", "input": input, "layers": .array(layers), "classes": classes]
}

/// What stands at the end of most networks here.
let head: [JSONValue] = [
  ["type": "global_avg_pool"], ["type": "dense", "name": "head", "units": 2], ["type": "softmax"],
]

@Test(arguments: ["densenet", "resnet18", "shallow_cnn", "slice_cnn"])
func architectureComesBackFromItsJSON(_ name: String) throws {
  let architecture = try Architecture.load("\(modelsFolder)/\(name).json")
  let text = architecture.json.text()
  let again = try Architecture.parse(try JSONValue(parsing: text.utf8, from: "x.json"), at: "x.json")
  #expect(again.json == architecture.json)
  #expect(again.layers == architecture.layers)
  let (old, new) = (try architecture.graph(registry: builtIn()), try again.graph(registry: builtIn()))
  #expect(old.parameters == new.parameters)
  #expect(old.nodes.map(\.path) == new.nodes.map(\.path))
}

@Test func densenetIsReadAsItStands() throws {
  let densenet = try Architecture.load("\(modelsFolder)/densenet.json")
  #expect(densenet.name == "densenet")
  #expect(densenet.classes == 2)
  #expect(densenet.l2 == 1e-4)
  #expect(densenet.input.mask == .multiply)
  #expect(densenet.inputShape == Shape(channels: 1, axes: [32, 32, 32]))
  #expect(densenet.source.contains("Huang"))
  let graph = try densenet.graph(registry: builtIn())
  guard case .scale(factor: 0.0078125, offset: -1) = graph.nodes[0].operation,
    case .batchNorm(epsilon: 1e-3, momentum: 0.99) = graph.nodes[2].operation
  else {
    Issue.record("densenet's constants have changed")
    return
  }
  let names = Set(graph.parameters.map(\.name))
  #expect(
    names.isSuperset(of: [
      "stem.weight", "stem.bias", "block1.layer1.bn1.running_var", "block1.layer4.conv2.bias",
      "transition1.bn.weight", "transition2.conv.bias", "block3.layer4.conv1.weight", "norm.running_mean",
      "head.weight", "head.bias",
    ]))
  #expect(!names.contains("block1.layer1.conv1.bias"))
}

@Test func namesAreGivenAndInputsFollowTheOrder() throws {
  let net = try Architecture.parse(
    architecture(
      [
        ["type": "relu"], ["type": "relu", "name": "relu_2"], ["type": "relu"],
        ["type": "add", "inputs": ["relu_1", "input", "relu_3"]],
      ] + head), at: "x.json")
  #expect(
    net.layers.map(\.name) == [
      "relu_1", "relu_2", "relu_3", "add_1", "global_avg_pool_1", "head", "softmax_1",
    ])
  #expect(
    net.layers.map(\.inputs) == [
      ["input"], ["relu_1"], ["relu_2"], ["relu_1", "input", "relu_3"], ["add_1"], ["global_avg_pool_1"],
      ["head"],
    ])
  let graph = try net.graph(registry: builtIn())
  #expect(graph.nodes[3].inputs == [1, 0, 3])
}

@Test(arguments: [("multiply", 2), ("ignore", 2), ("channel", 3)])
func aMaskMayBeItsOwnChannel(_ mask: String, _ channels: Int) throws {
  let input: JSONValue = ["channels": 2, "size": 4, "mask": .string(mask), "padding_value": -1000]
  let net = try Architecture.parse(architecture(head, input: input), at: "x.json")
  #expect(net.input.mask.rawValue == mask)
  #expect(net.input.paddingValue == -1000)
  #expect(try net.graph(registry: builtIn()).inputShape == Shape(channels: channels, axes: [4, 4, 4]))
}

@Test func oneSigmoidMakesTwoClasses() throws {
  let layers: [JSONValue] = [
    ["type": "flatten"], ["type": "dense", "units": 1], ["type": "sigmoid"],
  ]
  let net = try Architecture.parse(architecture(layers), at: "x.json")
  #expect(try net.graph(registry: builtIn()).outputShape == Shape(channels: 1))
}

@Test func anotherSizeKeepsTheParameters() throws {
  let densenet = try Architecture.load("\(modelsFolder)/densenet.json")
  let odd = try densenet.withSize([20, 33, 17]).graph(registry: builtIn())
  #expect(odd.inputShape == Shape(channels: 1, axes: [20, 33, 17]))
  #expect(odd.parameters == (try densenet.graph(registry: builtIn())).parameters)
  for (size, text) in [([32, 32], "32×32"), ([0, 32, 32], "0×32×32"), ([32, 32, 5000], "32×32×5000")] {
    let problem = #expect(throws: Problem.self) { try densenet.withSize(size) }
    #expect(
      try #require(problem).description
        == "\(modelsFolder)/densenet.json: wrong input size: expected three whole numbers "
        + "(depth, height, width) from 1 to 1024, found \(text)")
  }
}
