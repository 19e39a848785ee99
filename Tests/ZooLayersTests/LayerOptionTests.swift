import Testing
import ZooCore
import ZooGraph
import ZooLayers
import ZooVolume

/// The only operation of a layer that lowers to one.
private func operation(_ type: String, _ options: JSONValue = .object([:])) throws -> ZooGraph.Operation {
  let input = type == "dense" ? Shape(channels: 3) : odd
  let nodes = try build(type, options, on: [input]).nodes
  #expect(nodes.count == 1)
  return try #require(nodes.first).operation
}

private func message(_ type: String, _ options: JSONValue, on inputs: [Shape] = [odd]) throws -> String {
  try #require(#expect(throws: Problem.self) { try build(type, options, on: inputs) }).description
}

@Test func convolutionPassesAllItsOptionsOn() throws {
  guard
    case .convolution(let window, groups: 3, hasBias: false) = try operation(
      "conv3d",
      [
        "filters": 6, "kernel": [3, 2, 1], "stride": [1, 2, 3], "padding": [1, 0, 0], "dilation": [2, 1, 1],
        "groups": 3, "bias": false,
      ])
  else {
    Issue.record("not the convolution that was asked for")
    return
  }
  #expect(window.kernel == [3, 2, 1])
  #expect(window.stride == [1, 2, 3])
  #expect(window.dilation == [2, 1, 1])
  #expect(window.paddingBefore == [1, 0, 0])
  #expect(window.paddingAfter == [1, 0, 0])
}

@Test func anOddRestOfSamePaddingGoesToTheEnd() throws {
  guard case .convolution(let window, _, _) = try operation("conv3d", ["filters": 1, "kernel": [4, 2, 1]])
  else {
    Issue.record("not a convolution")
    return
  }
  #expect(window.paddingBefore == [1, 0, 0])
  #expect(window.paddingAfter == [2, 1, 0])
}

@Test func defaultsAreTheDocumentedOnes() throws {
  guard case .batchNorm(epsilon: 1e-3, momentum: 0.99) = try operation("batch_norm"),
    case .activation(.leakyRelu(slope: 0.01)) = try operation("leaky_relu"),
    case .activation(.elu(alpha: 1)) = try operation("elu"),
    case .dropout(rate: 0.5, spatial: false) = try operation("dropout"),
    case .scale(factor: 1, offset: 0) = try operation("scale"),
    case .averagePool(let average, countsPadding: false) = try operation("avg_pool3d"),
    case .convolution(_, groups: 1, hasBias: true) = try operation("conv3d", ["filters": 1, "kernel": 1]),
    case .dense(units: 4, hasBias: true) = try operation("dense", ["units": 4])
  else {
    Issue.record("a default has changed")
    return
  }
  #expect(average.kernel == [2, 2, 2] && average.stride == [2, 2, 2])
}

@Test func optionsReachTheOperations() throws {
  guard
    case .batchNorm(epsilon: 1e-5, momentum: 0.9) = try operation(
      "batch_norm", ["epsilon": 1e-5, "momentum": 0.9]),
    case .activation(.leakyRelu(slope: 0.25)) = try operation("leaky_relu", ["slope": 0.25]),
    case .activation(.elu(alpha: 0.5)) = try operation("elu", ["alpha": 0.5]),
    case .dropout(rate: 0.25, spatial: true) = try operation("dropout", ["rate": 0.25, "spatial": true]),
    case .scale(factor: 0.0078125, offset: -1) = try operation("scale", ["factor": 0.0078125, "offset": -1]),
    case .averagePool(_, countsPadding: true) = try operation("avg_pool3d", ["count_include_pad": true]),
    case .maxPool(let window) = try operation("max_pool3d", ["kernel": 3, "stride": [1, 2, 3]])
  else {
    Issue.record("an option does not arrive")
    return
  }
  #expect(window.kernel == [3, 3, 3] && window.stride == [1, 2, 3])
}

@Test(arguments: [
  ("he_uniform", Initializer.heUniform(fanIn: 81)), ("he_normal", .heNormal(fanIn: 81)),
  ("glorot_uniform", .glorotUniform(fanIn: 81, fanOut: 108)), ("zeros", .constant(0)),
])
func initializersAreFoundByName(_ name: String, _ initializer: Initializer) throws {
  let graph = try build("conv3d", ["filters": 4, "kernel": 3, "initializer": .string(name)], on: [odd])
  #expect(graph.parameters.map(\.initializer) == [initializer, .constant(0)])
  #expect(graph.parameters.map(\.decays) == [true, false])
}

@Test func denseBlockNamesItsParametersAndPutsNewFeaturesFirst() throws {
  let graph = try build("dense_block", ["layers": 2, "growth": 5], on: [odd])
  let one = ["bn1", "conv1", "bn2", "conv2"].flatMap { part -> [String] in
    switch part {
    case "conv1": ["conv1.weight"]
    case "conv2": ["conv2.weight", "conv2.bias"]
    default: ["weight", "bias", "running_mean", "running_var"].map { "\(part).\($0)" }
    }
  }
  #expect(graph.parameters.map(\.name) == (1...2).flatMap { i in one.map { "layer.layer\(i).\($0)" } })
  let joins = graph.nodes.filter { $0.operation.name == "concat" }
  let convolutions = graph.nodes.filter { $0.path.hasSuffix("conv2") }
  #expect(joins.map(\.inputs) == [[convolutions[0].output, 0], [convolutions[1].output, joins[0].output]])
}

@Test func transitionIsNormReluConvolutionPool() throws {
  let graph = try build("transition", .object([:]), on: [odd])
  #expect(graph.nodes.map(\.path) == ["layer.bn", "layer.relu", "layer.conv", "layer.pool"])
  #expect(graph.nodes.map(\.operation.name) == ["batch_norm", "relu", "conv3d", "avg_pool3d"])
  #expect(graph.parameters.suffix(2).map(\.name) == ["layer.conv.weight", "layer.conv.bias"])
}

@Test func residualBlockAddsItsInputOrAProjectionOfIt() throws {
  let plain = try build("residual_block", ["filters": 3], on: [odd])
  #expect(
    plain.nodes.map(\.operation.name) == [
      "conv3d", "batch_norm", "relu", "conv3d", "batch_norm", "add", "relu",
    ])
  #expect(plain.nodes[5].inputs == [plain.nodes[4].output, 0])
  let strided = try build("residual_block", ["filters": 3, "stride": 2], on: [odd])
  #expect(
    strided.nodes.map(\.path).suffix(4) == [
      "layer.shortcut.conv", "layer.shortcut.bn", "layer.add", "layer.relu2",
    ]
  )
  #expect(
    strided.parameters.allSatisfy { !$0.name.hasSuffix("conv1.bias") && !$0.name.hasSuffix("conv.bias") })
}

private let wrongOptions: [(String, String, String)] = [
  (
    "conv3d",
    #"{"filters": 8, "kernel": 3, "stridse": 2}"#,
    """
    x.json: layers[0]: unknown key "stridse"; did you mean "stride"? \
    There are: bias, dilation, filters, groups, initializer, inputs, kernel, name, padding, stride, type
    """
  ),
  (
    "conv3d",
    #"{"filtres": 8, "kernel": 3}"#,
    "x.json: layers[0]: missing key \"filters\": found \"filtres\"; rename it"
  ),
  (
    "conv3d",
    #"{"filters": 8}"#,
    "x.json: layers[0]: missing key \"kernel\"; add it"
  ),
  (
    "conv3d",
    #"{"filters": 8, "kernel": 0}"#,
    """
    x.json: layers[0].kernel: wrong value: expected a whole number from 1 to 64, \
    or three in an array (depth, height, width), found 0
    """
  ),
  (
    "conv3d",
    #"{"filters": 1e20, "kernel": 3}"#,
    "x.json: layers[0].filters: wrong value: expected a whole number from 1 to 65536, found 1e+20"
  ),
  (
    "conv3d",
    #"{"filters": 8, "kernel": 3, "padding": "sane"}"#,
    "x.json: layers[0].padding: unknown value \"sane\"; did you mean \"same\"? There are: same, valid"
  ),
  (
    "conv3d",
    #"{"filters": 8, "kernel": 3, "initializer": "he"}"#,
    """
    x.json: layers[0].initializer: unknown value "he"; \
    there are: glorot_uniform, he_normal, he_uniform, zeros
    """
  ),
  (
    "conv3d",
    #"{"filters": 8, "kernel": 3, "bias": "no"}"#,
    "x.json: layers[0].bias: wrong value: expected true or false, found \"no\""
  ),
  (
    "conv3d",
    #"{"filters": 8, "kernel": 3, "groups": 2}"#,
    """
    layer: groups do not divide the channels: expected a divisor of 3 and 8, found 2; \
    change groups or filters
    """
  ),
  (
    "conv3d",
    #"{"filters": 8, "kernel": 6, "padding": "valid"}"#,
    """
    layer: the window does not fit: expected an input of at least 6 voxels an axis, found 7×9×5; \
    use a smaller kernel, or padding "same"
    """
  ),
  (
    "max_pool3d",
    #"{"kernel": 2, "padding": 2}"#,
    "layer: padding has to be smaller than the kernel; use less padding"
  ),
  (
    "dropout",
    #"{"rate": 1}"#,
    "x.json: layers[0].rate: wrong value: expected a number from 0.0 to 0.99, found 1"
  ),
  (
    "dense",
    #"{"units": 2}"#,
    """
    layer: a dense layer needs a vector: expected C×1×1×1, found 3×7×9×5; \
    put "flatten" or "global_avg_pool" before it
    """
  ),
  (
    "relu",
    #"{"slope": 1}"#,
    "x.json: layers[0]: unknown key \"slope\"; there are: inputs, name, type"
  ),
]

@Test(arguments: wrongOptions)
func wrongOptionsAreNamed(_ type: String, _ options: String, _ expected: String) throws {
  let options = try JSONValue(parsing: options.utf8, from: "test")
  #expect(try message(type, options) == expected)
}

@Test func inputsThatDoNotFitAreNamed() throws {
  #expect(
    try message("add", .object([:]), on: [odd, shape(4, 7, 9, 5)])
      == "layer: add needs two or more inputs of one shape: found 3×7×9×5 and 4×7×9×5")
}
