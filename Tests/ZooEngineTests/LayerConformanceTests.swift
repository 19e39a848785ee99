import Testing
import ZooCore
import ZooEngine
import ZooGraph
import ZooLayers
import ZooVolume

/// Every registered layer, unasked: its gradients against finite differences of its own forward pass.
struct LayerConformanceTests {
  /// Options for each layer type; a new layer adds a line here, and fails this test until it does.
  private static let examples: [String: JSONValue] = [
    "conv3d": ["filters": 5, "kernel": 3, "stride": 2], "batch_norm": .object([:]), "relu": .object([:]),
    "elu": .object([:]), "leaky_relu": .object([:]), "avg_pool3d": ["kernel": 2], "max_pool3d": ["kernel": 2],
    "global_avg_pool": .object([:]), "dense": ["units": 3], "dropout": ["rate": 0.4], "add": .object([:]),
    "concat": .object([:]), "flatten": .object([:]), "scale": ["factor": 0.5, "offset": -1],
    "softmax": .object([:]), "sigmoid": .object([:]), "dense_block": ["layers": 2, "growth": 5],
    "transition": .object([:]), "residual_block": ["filters": 5, "stride": 2],
  ]

  @Test(arguments: BuiltInLayers.list.map { $0.type })
  func gradientsMatchFiniteDifferences(_ type: String) throws {
    let example = try #require(LayerConformanceTests.examples[type], "no example for the layer \(type)")
    let layer = try Registry(layers: BuiltInLayers.list).find(type)
    var options = try JSONObject(example, at: type)
    let instance = try layer.init(options: &options)
    try options.finish()
    let shape = type == "dense" ? Shape(channels: 7) : Shape(channels: 5, axes: [4, 5, 6])
    var builder = GraphBuilder(input: shape)
    let inputs = Array(repeating: builder.input, count: layer.inputCount.lowerBound)
    let output = try instance.lower(inputs, at: "layer", into: &builder)
    try compare(builder.finish(output: output), type)
  }

  /// Along random directions of input and parameters: the derivative of Σ gᵢ·outputᵢ, by differences and by the backward pass.
  private func compare(_ graph: Graph, _ type: String) throws {
    let batch = 3
    let options = PlanOptions(mode: .training, batch: batch, threads: 2, inputGradient: true)
    let weights = try Weights(for: graph)
    weights.initialize(seed: Seed(3))
    let network = try Network(Plan(graph, options), weights: weights)
    var stream = Seed(4).child(type).stream()
    moveAwayFromCorners(weights)
    // A shuffled grid: no value at 0, and no two so near that the differences below swap the larger one.
    let count = network.input.count
    var x = (0..<count).map { 3.6 * (Float($0) + 0.5) / Float(count) - 1.8 }
    x.shuffle(using: &stream)
    let w = Array(weights.values)
    let g = network.outputGradient.map { _ in Float(stream.normal()) }

    func value(_ direction: (x: [Float], w: [Float]), _ distance: Float) throws -> Double {
      for i in x.indices { network.input[i] = x[i] + distance * direction.x[i] }
      for i in w.indices { weights.values[i] = w[i] + distance * direction.w[i] }
      network.weightsChanged()
      try network.forward(samples: batch, dropoutKey: 7)
      return dot(g, Array(network.output))
    }

    _ = try value((x, w), 0)
    _ = network.outputGradient.update(fromContentsOf: g)
    try network.backward()
    let slopes = (Array(network.inputGradient), Array(network.gradients))
    let size = (dot(slopes.0, slopes.0) + dot(slopes.1, slopes.1)).squareRoot()
    // Running statistics do not reach the output in training: their gradient is 0 by definition, and so is the direction.
    let learns = graph.parameters.flatMap { Array(repeating: $0.isTrainable, count: $0.count) }
    for trial in 0..<4 {
      let direction = (
        x: x.map { _ in Float(stream.normal()) }, w: learns.map { $0 ? Float(stream.normal()) : 0 }
      )
      let expected = dot(slopes.0, direction.x) + dot(slopes.1, direction.w)
      let h: Float = 1e-4
      let measured = (try value(direction, h) - value(direction, -h)) / (2 * Double(h))
      // What differences of f32 sums leave: 1 % of the gradient's length.
      #expect(
        abs(measured - expected) < 0.01 * size,
        "\(type), trial \(trial): \(measured) against \(expected), size \(size)")
    }
  }

  /// Biases of batch norms at ±3: hardly a value stands near a ReLU's corner.
  private func moveAwayFromCorners(_ weights: Weights) {
    for parameter in weights.parameters where parameter.name.hasSuffix(".running_mean") {
      guard let bias = weights.slice(named: "\(parameter.name.dropLast(12))bias") else { continue }
      for i in bias.indices { bias[i] = i.isMultiple(of: 2) ? 3 : -3 }
    }
  }

  private func dot(_ a: [Float], _ b: [Float]) -> Double {
    var sum = 0.0
    for (left, right) in zip(a, b) { sum += Double(left) * Double(right) }
    return sum
  }
}
