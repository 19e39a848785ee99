public import ZooCore
public import ZooGraph
public import ZooVolume

/// What a network consists of, row by row, for people to read: a row a layer, or a row an operation.
public struct ModelTable: Sendable {
  /// One layer or one operation.
  public struct Row: Hashable, Sendable {
    /// The layer's name or the operation's path: `block1`, `block1.layer2.conv1`.
    public let name: String
    /// The layer's type or the operation's name.
    public let type: String
    /// (C, D, H, W) of its output.
    public let output: Shape
    /// Values that training changes.
    public let parameters: Int
    /// Multiply-adds for one sample.
    public let multiplyAdds: Int
  }

  /// (C, D, H, W) of the network's input.
  public let input: Shape
  /// The rows in the order they run.
  public let rows: [Row]

  /// The table of an architecture, a row for each layer of its file; `detailed`, a row for each operation.
  public init(
    of architecture: Architecture, registry: Registry<any Layer.Type>, detailed: Bool = false
  ) throws {
    let (graph, layers) = try architecture.lowered(registry: registry)
    input = graph.inputShape
    if detailed {
      rows = graph.nodes.map { node in
        graph.row(node.path, node.operation.name, graph.tensors[node.output], of: [node])
      }
    } else {
      rows = zip(architecture.layers, layers).map { spec, layer in
        graph.row(spec.name, spec.type, layer.output, of: graph.nodes[layer.operations])
      }
    }
  }

  /// Values that training changes in the whole network.
  public var parameters: Int { rows.map(\.parameters).reduce(0, +) }
  /// Multiply-adds of the whole network for one sample.
  public var multiplyAdds: Int { rows.map(\.multiplyAdds).reduce(0, +) }
}

extension Graph {
  /// The row of some operations, together.
  fileprivate func row(
    _ name: String, _ type: String, _ output: Shape, of nodes: some Collection<Node>
  ) -> ModelTable.Row {
    let own = nodes.flatMap(\.parameters).map { parameters[$0] }
    return ModelTable.Row(
      name: name, type: type, output: output,
      parameters: own.filter(\.isTrainable).map(\.count).reduce(0, +),
      multiplyAdds: nodes.map { multiplyAdds(of: $0) }.reduce(0, +))
  }
}
