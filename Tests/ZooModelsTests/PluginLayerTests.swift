import Testing
import ZooCore
import ZooGraph
import ZooLayers
import ZooModels
import ZooVolume

/// A layer as a user's package would add it: x·|x|^(power − 1) with one learnt factor a channel.
private struct SignedPower: Layer {
  static let type = "signed_power"
  static let summary = "sign(x)·|x|^power, times a learnt factor for every channel"

  let power: Int

  init(options: inout JSONObject) throws { power = try options.integer("power", in: 1...4, default: 2) }

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    guard inputs[0].shape.channels > 1 else { throw Problem("needs two channels", at: path) }
    return try graph.custom(inputs, SignedPowerOperation(power: power), at: path)
  }
}

private struct SignedPowerOperation: CustomOperation {
  let power: Int
  var name: String { "signed_power" }

  func outputShape(of inputs: [Shape]) throws -> Shape { inputs[0] }

  func parameters(for inputs: [Shape]) -> [Parameter] {
    [Parameter(name: "weight", shape: [inputs[0].channels], initializer: .constant(1))]
  }

  func multiplyAdds(for inputs: [Shape]) -> Int { inputs[0].count * power }

  func forward(
    inputs: [UnsafePointer<Float>], shapes: [Shape], parameters: [UnsafePointer<Float>],
    output: UnsafeMutablePointer<Float>
  ) {}

  func backward(
    inputs: [UnsafePointer<Float>], shapes: [Shape], parameters: [UnsafePointer<Float>],
    outputGradient: UnsafePointer<Float>, inputGradients: [UnsafeMutablePointer<Float>],
    parameterGradients: [UnsafeMutablePointer<Float>]
  ) {}
}

private func layers() throws -> Registry<any Layer.Type> {
  try Registry(layers: BuiltInLayers.list + [SignedPower.self])
}

private func net(_ layer: JSONValue, channels: JSONValue = 3) throws -> Architecture {
  try Architecture.parse(
    architecture([layer] + head, input: ["channels": channels, "size": [4, 5, 6]]), at: "x.json")
}

@Test func aUsersLayerIsFoundBesideTheBuiltInOnes() throws {
  let net = try net(["type": "signed_power", "name": "power", "power": 3])
  let graph = try net.graph(registry: layers())
  #expect(graph.nodes[0].operation.name == "signed_power")
  #expect(graph.parameters.first?.name == "power.weight")
  let row = try #require(try ModelTable(of: net, registry: layers()).rows.first)
  #expect(row.type == "signed_power")
  #expect(row.parameters == 3)
  #expect(row.multiplyAdds == 3 * 4 * 5 * 6 * 3)
  #expect(throws: Problem.self) { try net.graph(registry: builtIn()) }
}

@Test func aUsersLayerIsCheckedLikeABuiltInOne() throws {
  for (net, expected) in [
    (
      try net(["type": "signed_power", "powr": 3]),
      "x.json: layers[0]: unknown key \"powr\"; did you mean \"power\"? There are: inputs, name, power, type"
    ),
    (
      try net(["type": "signed_powr"]),
      "x.json: layers[0].type: unknown layer \"signed_powr\"; did you mean \"signed_power\"?"
    ),
    (
      try net(["type": "signed_power"], channels: 1),
      "x.json: layers[0]: signed_power_1: needs two channels"
    ),
  ] {
    let problem = #expect(throws: Problem.self) { try net.graph(registry: layers()) }
    #expect(try #require(problem).description.hasPrefix(expected))
  }
}

@Test func aLayerTypeMayStandInTheListOnce() throws {
  let problem = #expect(throws: Problem.self) {
    try Registry(layers: BuiltInLayers.list + [SignedPower.self, SignedPower.self])
  }
  #expect(
    try #require(problem).description
      == "layer \"signed_power\": two entries have the same name; rename one of them")
}
