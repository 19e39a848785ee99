import Testing
import ZooCore
import ZooGraph
import ZooLayers
import ZooVolume

/// A layer with options, an input, and what must come out of it, worked out by hand.
struct LayerCase: CustomTestStringConvertible, Sendable {
  let type: String
  let options: JSONValue
  let inputs: [Shape]
  let output: Shape
  let parameters: Int

  init(
    _ type: String, _ options: JSONValue = .object([:]), _ inputs: [Shape] = [odd], to output: Shape,
    parameters: Int = 0
  ) {
    self.type = type
    self.options = options
    self.inputs = inputs
    self.output = output
    self.parameters = parameters
  }

  var testDescription: String { "\(type) \(options.text(indented: false)) on \(inputs)" }
}

/// Three channels, three different odd axes.
let odd = Shape(channels: 3, depth: 7, height: 9, width: 5)

func shape(_ channels: Int, _ depth: Int, _ height: Int, _ width: Int) -> Shape {
  Shape(channels: channels, depth: depth, height: height, width: width)
}

/// Builds one layer named `layer` on inputs that are given slices of the graph's input.
func build(_ type: String, _ options: JSONValue, on inputs: [Shape]) throws -> Graph {
  let layer = try Registry(layers: BuiltInLayers.list).find(type)
  var object = try JSONObject(options, at: "x.json: layers[0]")
  let made = try layer.init(options: &object)
  try object.finish(alsoKnown: ["type", "name", "inputs"])
  var builder = GraphBuilder(input: inputs[0])
  var tensors = [builder.input]
  for (number, shape) in inputs.enumerated().dropFirst() {
    tensors.append(
      try builder.convolution(
        builder.input, filters: shape.channels, kernel: [1, 1, 1], at: "input\(number)"))
  }
  let output = try made.lower(tensors, at: "layer", into: &builder)
  return builder.finish(output: output)
}

extension Graph {
  /// Trainable values of the layer under test.
  var ownCount: Int {
    parameters.filter { $0.isTrainable && $0.name.hasPrefix("layer.") }.map(\.count).reduce(0, +)
  }
}

@Test(arguments: [
  // filters · channels · taps + bias
  LayerCase("conv3d", ["filters": 8, "kernel": 3], to: shape(8, 7, 9, 5), parameters: 656),
  LayerCase("conv3d", ["filters": 8, "kernel": 3, "stride": 2], to: shape(8, 4, 5, 3), parameters: 656),
  LayerCase(
    "conv3d", ["filters": 8, "kernel": [3, 1, 2], "stride": [2, 3, 1], "padding": "valid"],
    to: shape(8, 3, 3, 4), parameters: 152),
  LayerCase(
    "conv3d", ["filters": 8, "kernel": 4, "stride": 2, "padding": 1], to: shape(8, 3, 4, 2),
    parameters: 1544),
  LayerCase(
    "conv3d", ["filters": 8, "kernel": 3, "padding": [0, 2, 1]], to: shape(8, 5, 11, 5), parameters: 656),
  LayerCase(
    "conv3d", ["filters": 8, "kernel": 3, "padding": "valid", "dilation": 2], to: shape(8, 3, 5, 1),
    parameters: 656),
  LayerCase(
    "conv3d", ["filters": 8, "kernel": 3, "dilation": [1, 2, 3]], to: shape(8, 7, 9, 5), parameters: 656),
  LayerCase(
    "conv3d", ["filters": 6, "kernel": 3, "groups": 3, "bias": false], to: shape(6, 7, 9, 5), parameters: 162),
  LayerCase("avg_pool3d", to: shape(3, 3, 4, 2)),
  LayerCase("avg_pool3d", ["kernel": 3, "stride": 2, "padding": "same"], to: shape(3, 4, 5, 3)),
  LayerCase("avg_pool3d", ["kernel": [1, 2, 3]], to: shape(3, 7, 4, 1)),
  LayerCase("max_pool3d", to: shape(3, 3, 4, 2)),
  LayerCase("max_pool3d", ["kernel": 3, "stride": 2, "padding": 1], to: shape(3, 4, 5, 3)),
  LayerCase("global_avg_pool", to: Shape(channels: 3)),
  LayerCase("flatten", to: Shape(channels: 945)),
  LayerCase("dense", ["units": 4], [Shape(channels: 7)], to: Shape(channels: 4), parameters: 32),
  LayerCase(
    "dense", ["units": 4, "bias": false], [Shape(channels: 7)], to: Shape(channels: 4), parameters: 28),
  LayerCase("batch_norm", to: odd, parameters: 6),
  LayerCase("relu", to: odd),
  LayerCase("leaky_relu", to: odd),
  LayerCase("elu", to: odd),
  LayerCase("sigmoid", to: odd),
  LayerCase("softmax", to: odd),
  LayerCase("dropout", to: odd),
  LayerCase("scale", to: odd),
  LayerCase("add", .object([:]), [odd, odd, odd], to: odd),
  LayerCase("concat", .object([:]), [odd, shape(4, 7, 9, 5), shape(1, 7, 9, 5)], to: shape(8, 7, 9, 5)),
  // layer 1: 6 + 3·20 + 40 + 20·5·27 + 5, layer 2 the same from 8 channels
  LayerCase("dense_block", ["layers": 2, "growth": 5], to: shape(13, 7, 9, 5), parameters: 2811 + 2921),
  LayerCase(
    "dense_block", ["layers": 2, "growth": 5, "bottleneck": 2], to: shape(13, 7, 9, 5),
    parameters: 1411 + 1471),
  LayerCase("transition", to: shape(1, 3, 4, 2), parameters: 6 + 4),
  LayerCase(
    "transition", ["compression": 0.7, "pool": [1, 2, 1]], to: shape(2, 7, 4, 5), parameters: 6 + 8),
  LayerCase("residual_block", ["filters": 3], to: odd, parameters: 2 * (243 + 6)),
  LayerCase(
    "residual_block", ["filters": 4, "stride": 2], to: shape(4, 4, 5, 3), parameters: 324 + 432 + 12 + 3 * 8),
  LayerCase(
    "residual_block", ["filters": 3, "stride": [1, 2, 1]], to: shape(3, 7, 5, 5), parameters: 498 + 9 + 6),
])
func layerHasTheShapeWorkedOutByHand(_ layer: LayerCase) throws {
  let graph = try build(layer.type, layer.options, on: layer.inputs)
  #expect(graph.outputShape == layer.output)
  #expect(graph.ownCount == layer.parameters)
}

@Test func everyLayerHasAShapeCase() throws {
  // The cases above name each type; this one fails when a layer is added to the list and not to them.
  let known: Set = [
    "add", "avg_pool3d", "batch_norm", "concat", "conv3d", "dense", "dense_block", "dropout", "elu",
    "flatten",
    "global_avg_pool", "leaky_relu", "max_pool3d", "relu", "residual_block", "scale", "sigmoid", "softmax",
    "transition",
  ]
  #expect(Set(BuiltInLayers.list.map { $0.type }) == known)
  #expect(BuiltInLayers.list.allSatisfy { !$0.summary.isEmpty && !$0.summary.contains("\n") })
}
