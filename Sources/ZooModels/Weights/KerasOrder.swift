import ZooGraph

/// The order in which Keras lists the layers of a functional model with a graph's topology.
///
/// Layers come by their longest way to the output, the farthest first; those equally far in the order in which they are
/// first met on the way back from the output, inputs in their order (`keras.src.ops.function.map_graph`).
enum KerasOrder {
  /// For every node of the graph its place in that order.
  static func places(in graph: Graph) -> [Int] {
    var maker = [Int?](repeating: nil, count: graph.tensors.count)
    for (index, node) in graph.nodes.enumerated() { maker[node.output] = index }

    var depth = [Int](repeating: 0, count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated().reversed() {
      for input in node.inputs.compactMap({ maker[$0] }) {
        depth[input] = max(depth[input], depth[index] + 1)
      }
    }

    var met = [Int?](repeating: nil, count: graph.nodes.count)
    var count = 0
    var waiting = [maker[graph.output]].compactMap(\.self)
    while let node = waiting.popLast() {
      if met[node] != nil { continue }
      met[node] = count
      count += 1
      waiting += graph.nodes[node].inputs.reversed().compactMap { maker[$0] }
    }

    let order = graph.nodes.indices.sorted {
      (-depth[$0], met[$0] ?? count, $0) < (-depth[$1], met[$1] ?? count, $1)
    }
    var places = [Int](repeating: 0, count: order.count)
    for (place, node) in order.enumerated() { places[node] = place }
    return places
  }
}
