public import ZooCore
public import ZooGraph
import ZooVolume

extension Architecture {
  /// The network: every layer found, its options read, its shapes checked. Nothing is allocated for data.
  ///
  /// A problem names the path of the value in the architecture's file.
  public func graph(registry: Registry<any Layer.Type>) throws -> Graph {
    try lowered(registry: registry).graph
  }

  /// What became of one layer: its operations in the graph and the shape of its output.
  struct LoweredLayer {
    let operations: Range<Int>
    let output: Shape
  }

  /// The network and what became of each layer.
  func lowered(registry: Registry<any Layer.Type>) throws -> (graph: Graph, layers: [LoweredLayer]) {
    var builder = GraphBuilder(input: inputShape)
    var last = builder.input
    var tensors = ["input": last]
    var lowered: [LoweredLayer] = []
    for (index, spec) in layers.enumerated() {
      let place = place(ofLayer: index)
      let layer = try makeLayer(spec, registry: registry, at: place)
      let first = builder.operationCount
      do {
        last = try layer.lower(spec.inputs.compactMap { tensors[$0] }, at: spec.name, into: &builder)
      } catch let problem as Problem {
        throw problem.inside(place)
      }
      tensors[spec.name] = last
      lowered.append(LoweredLayer(operations: first..<builder.operationCount, output: last.shape))
    }
    let graph = builder.finish(output: last)
    try checkOutput(of: graph)
    return (graph, lowered)
  }

  private func makeLayer(
    _ spec: LayerSpec, registry: Registry<any Layer.Type>, at place: String
  ) throws -> any Layer {
    let type = try registry.find(spec.type, at: "\(place).type")
    var options = try JSONObject(.object(spec.options), at: place)
    let layer = try type.init(options: &options)
    try options.finish(alsoKnown: LayerSpec.keys)
    let count = type.inputCount
    guard count.contains(spec.inputs.count) else {
      throw Problem(
        "wrong number of inputs", at: "\(place).inputs",
        expected: count.count == 1 ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)",
        found: "\(spec.inputs.count)", next: "list the layers it reads in \"inputs\"")
    }
    return layer
  }

  /// The network has to end in probabilities: softmax over the classes, or one sigmoid for two classes.
  private func checkOutput(of graph: Graph) throws {
    let place = place(ofLayer: layers.count - 1)
    let units: Int
    switch graph.nodes.last(where: { $0.output == graph.output })?.operation {
    case .softmax: units = classes
    case .activation(.sigmoid) where classes == 2: units = 1
    case let operation:
      throw Problem(
        "the network does not end in probabilities", at: place,
        expected: classes == 2 ? "softmax, or sigmoid of one unit" : "softmax",
        found: operation?.name ?? "the input",
        next: "add a \"softmax\" layer at the end")
    }
    guard graph.outputShape.isVector, graph.outputShape.channels == units else {
      throw Problem(
        "the output does not fit the \(classes) classes", at: place, expected: "a vector of \(units)",
        found: graph.outputShape.description,
        next: "put a \"dense\" layer with \"units\": \(units) before it")
    }
  }
}
