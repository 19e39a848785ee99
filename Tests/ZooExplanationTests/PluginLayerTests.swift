import Testing
import ZooCore
import ZooEngine
import ZooExplanation
import ZooGraph
import ZooLayers
import ZooModels
import ZooTestSupport
import ZooVolume

/// A layer as somebody's package would add it: x².
private struct Square: Layer {
  static let type = "square"
  static let summary = "x²"

  init(options: inout JSONObject) throws {}

  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.custom(inputs, SquareOperation(), at: path)
  }
}

private struct SquareOperation: CustomOperation {
  var name: String { "square" }

  func outputShape(of inputs: [Shape]) throws -> Shape { inputs[0] }
  func parameters(for inputs: [Shape]) -> [Parameter] { [] }
  func multiplyAdds(for inputs: [Shape]) -> Int { inputs[0].count }

  func forward(
    inputs: [UnsafePointer<Float>], shapes: [Shape], parameters: [UnsafePointer<Float>],
    output: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<shapes[0].count { output[index] = inputs[0][index] * inputs[0][index] }
  }

  func backward(
    inputs: [UnsafePointer<Float>], shapes: [Shape], parameters: [UnsafePointer<Float>],
    outputGradient: UnsafePointer<Float>, inputGradients: [UnsafeMutablePointer<Float>],
    parameterGradients: [UnsafeMutablePointer<Float>]
  ) {
    for index in 0..<shapes[0].count {
      inputGradients[0][index] = 2 * inputs[0][index] * outputGradient[index]
    }
  }
}

@Test func layersOfOthersAreExplainedToo() throws {
  let architecture = try Architecture.parse(
    [
      "name": "squares", "input": ["size": [2, 3, 4], "mask": "ignore"],
      "layers": [
        ["type": "conv3d", "name": "conv", "filters": 2, "kernel": 1],
        ["type": "square", "name": "square"], ["type": "global_avg_pool"],
        ["type": "dense", "name": "head", "units": 2], ["type": "softmax"],
      ],
    ], at: "squares.json")
  let graph = try architecture.graph(registry: Registry(layers: BuiltInLayers.list + [Square.self]))
  let weights = try Weights(for: graph)
  for (name, values) in [("conv.weight", [2, -1] as [Float]), ("head.weight", [0, 0, 3, 1])] {
    _ = weights.slice(named: name)?.update(from: values)
  }
  let model = ModelFile(architecture: architecture, graph: graph, weights: weights)
  let x = (0..<24).map { Float($0) - 9 }
  // z₁ = Σ (3·(2x)² + x²) / 24 = Σ 13x² / 24: behind the squares the map is 13x²/24, before them the
  // channels 2x and −x have mean gradients Σ 12x / 24² and Σ −2x / 24², Σ x = 60.
  let behind = try GradCAM(model, layer: nil, threads: 2)
  #expect(try behind.attribution(of: x, label: 1).method == "Grad-CAM at square")
  expectClose(
    try behind.weightedFeatures(of: x, label: 1).map(Double.init),
    x.map { 13 * Double($0 * $0) / 24 }.map { $0 / 1 }, relative: 1e-5, "behind")
  let before = try GradCAM(model, layer: "conv", threads: 2)
  expectClose(
    try before.weightedFeatures(of: x, label: 1).map(Double.init),
    x.map { Double($0) * (2 * 12 * 60 + 2 * 60) / 576 }, absolute: 1e-5, relative: 1e-5, "before")
}
