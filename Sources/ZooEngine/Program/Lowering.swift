import ZooGraph
import ZooVolume

/// Turns a graph into a program: decides what is kept, what is computed again, and which concatenations are free.
struct Lowering {
  private let graph: Graph
  private let nodes: [Graph.Node]
  private let shapes: [Shape]
  private let wantsInputGradient: Bool
  private var program = Program()
  /// How each tensor of the graph is read.
  private var views: [Int: View] = [:]

  /// Lowers the part of a graph that leads to the tensor `end`.
  static func program(for graph: Graph, endingAt end: Int, inputGradient: Bool, precision: Precision)
    -> Program
  {
    var lowering = Lowering(graph: graph, endingAt: end, wantsInputGradient: inputGradient)
    var program = lowering.run(endingAt: end)
    program.keep(as: precision)
    return program
  }

  private init(graph: Graph, endingAt end: Int, wantsInputGradient: Bool) {
    self.graph = graph
    (nodes, shapes) = graph.poolingFirst(endingAt: end)
    self.wantsInputGradient = wantsInputGradient
  }

  private mutating func run(endingAt end: Int) -> Program {
    var needed: Set<Int> = [end]
    for node in nodes.reversed() where needed.contains(node.output) { needed.formUnion(node.inputs) }
    lowerInput()
    for (salt, node) in nodes.enumerated() where needed.contains(node.output) {
      lower(node, salt: salt)
    }
    program.output = kept(read(end), path: "output").storage
    return program
  }

  private mutating func lowerInput() {
    let shape = graph.inputShape
    let plain = readsPlainInput
    let map = plain ? ChannelMap(plain: shape.channels) : ChannelMap(channels: shape.channels)
    program.input = store(shape, map, plain: plain, needsGradient: wantsInputGradient)
    if !plain {
      program.steps.append(
        .init(path: "input", kind: .load, inputs: [], output: program.input, parameters: []))
    }
    views[graph.input] = View(storage: program.input)
  }

  /// oneDNN reads a plain input of 1 or 3 channels; worth it only where nothing but convolutions (through scales and
  /// activations) reads it and nobody wants its gradient.
  private var readsPlainInput: Bool {
    guard !wantsInputGradient, [1, 3].contains(graph.inputShape.channels) else { return false }
    var plain: Set<Int> = [graph.input]
    for node in nodes where node.inputs.contains(where: plain.contains) {
      switch node.operation {
      case .convolution(_, let groups, _): guard groups == 1 else { return false }
      case .scale, .activation: plain.insert(node.output)
      default: return false
      }
    }
    return !plain.contains(graph.output)
  }

  private mutating func lower(_ node: Graph.Node, salt: Int) {
    switch node.operation {
    case .scale(let factor, let offset):
      var view = read(node.inputs[0])
      if !view.isIdentity { view = kept(view, path: node.path) }
      view.affine = .uniform(factor: factor, offset: offset)
      views[node.output] = view
    case .batchNorm(let epsilon, let momentum):
      let source = kept(read(node.inputs[0]), path: node.path)
      program.norms.append(
        .init(
          storage: source.storage, epsilon: epsilon, momentum: momentum, parameters: node.parameters,
          isFrozen: !learns(node)))
      views[node.output] = View(storage: source.storage, affine: .norm(program.norms.count - 1))
    case .activation(let function):
      var view = read(node.inputs[0])
      if view.activation != nil || view.dropout != nil { view = kept(view, path: node.path) }
      view.activation = function
      views[node.output] = view
    case .dropout(let rate, let spatial):
      var view = read(node.inputs[0])
      if view.dropout != nil { view = kept(view, path: node.path) }
      view.dropout = View.Dropout(rate: rate, spatial: spatial, salt: salt)
      views[node.output] = view
    case .concat: concatenate(node)
    case .convolution(let window, let groups, let hasBias):
      append(node, .convolution(window, groups: groups, hasBias: hasBias))
    case .averagePool(let window, let counts): append(node, .averagePool(window, countsPadding: counts))
    case .maxPool(let window): append(node, .maxPool(window))
    case .globalAveragePool: append(node, .globalAveragePool)
    case .dense(let units, let hasBias): append(node, .dense(units: units, hasBias: hasBias))
    case .add: append(node, .add)
    case .flatten: append(node, .flatten)
    case .softmax: append(node, .softmax)
    case .custom(let operation): append(node, .custom(operation))
    }
  }

  /// Whether training changes any of a node's own parameters.
  private func learns(_ node: Graph.Node) -> Bool {
    node.parameters.contains { graph.parameters[$0].isTrainable }
  }

  private func read(_ tensor: Int) -> View { views[tensor] ?? View(storage: program.input) }

  private mutating func store(_ shape: Shape, _ map: ChannelMap, plain: Bool = false, needsGradient: Bool)
    -> Int
  {
    let id = program.storages.count
    program.storages.append(
      Storage(id: id, shape: shape, map: map, isPlain: plain, parent: nil, needsGradient: needsGradient))
    return id
  }

  /// A step whose output keeps the places of its first input where it keeps the channels.
  private mutating func append(_ node: Graph.Node, _ kind: Program.Kind) {
    var inputs = node.inputs.map(read)
    let shape = shapes[node.output]
    var map = ChannelMap(channels: shape.channels)
    switch kind {
    case .averagePool, .maxPool, .globalAveragePool, .softmax, .add:
      map = program.storages[inputs[0].storage].map
    default: break
    }
    if case .add = kind {
      inputs = inputs.map { moved($0, to: map, path: node.path) }
    }
    let learns = learns(node) || inputs.contains(where: program.learns(through:))
    let output = store(shape, map, needsGradient: learns)
    program.steps.append(
      .init(path: node.path, kind: kind, inputs: inputs, output: output, parameters: node.parameters))
    views[node.output] = View(storage: output)
  }

  /// The same tensor as an identity view of a stored one.
  private mutating func kept(_ view: View, path: String) -> View {
    if view.isIdentity, !program.storages[view.storage].isPlain { return view }
    return keep(view, into: nil, path: path)
  }

  /// A view whose channels stand at the places of `map`.
  private mutating func moved(_ view: View, to map: ChannelMap, path: String) -> View {
    program.storages[view.storage].map == map ? view : keep(view, into: map, path: path)
  }

  private mutating func keep(_ view: View, into map: ChannelMap?, path: String) -> View {
    let source = program.storages[view.storage]
    let own = source.isPlain ? ChannelMap(channels: source.shape.channels) : source.map
    let id = store(source.shape, map ?? own, needsGradient: program.learns(through: view))
    program.steps.append(.init(path: path, kind: .keep, inputs: [view], output: id, parameters: []))
    return View(storage: id)
  }

  /// Inputs that are stored and not yet part of another concatenation become part of this one; others are copied.
  private mutating func concatenate(_ node: Graph.Node) {
    var parts: [Int] = []
    for view in node.inputs.map(read) {
      let storage = program.storages[view.storage]
      let isFree =
        view.isIdentity && storage.parent == nil && !storage.isPlain && !parts.contains(view.storage)
      parts.append(isFree ? view.storage : keep(view, into: nil, path: node.path).storage)
    }
    let map = ChannelMap(joining: parts.map { program.storages[$0].map })
    let learns = parts.contains { program.storages[$0].needsGradient }
    let output = store(shapes[node.output], map, needsGradient: learns)
    var place = 0
    for part in parts {
      program.storages[part].parent = (output, place)
      place += program.storages[part].map.stored
    }
    views[node.output] = View(storage: output)
  }
}
