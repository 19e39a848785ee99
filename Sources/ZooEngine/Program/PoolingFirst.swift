import ZooGraph
import ZooVolume

extension Graph {
  /// The nodes and shapes of the same function with averages taken before 1×1×1 convolutions instead of after them: the two
  /// commute, and the convolution then has one voxel where it had a window of them.
  func poolingFirst(endingAt end: Int) -> (nodes: [Node], shapes: [Shape]) {
    var nodes = nodes
    var shapes = tensors
    for (position, pool) in nodes.enumerated() {
      guard case .averagePool(let window, _) = pool.operation, !window.isPadded,
        let before = nodes.firstIndex(where: { $0.output == pool.inputs[0] }), before < position,
        nodes[before].isPointwise, pool.inputs[0] != end,
        nodes.count(where: { $0.inputs.contains(pool.inputs[0]) }) == 1
      else { continue }
      let convolution = nodes[before]
      let (from, between) = (shapes[convolution.inputs[0]], convolution.output)
      shapes[between] = Shape(channels: from.channels, axes: shapes[pool.output].axes)
      nodes[before] = Node(
        path: pool.path, operation: pool.operation, inputs: convolution.inputs, output: between,
        parameters: [])
      nodes[position] = Node(
        path: convolution.path, operation: convolution.operation, inputs: [between], output: pool.output,
        parameters: convolution.parameters)
    }
    return (nodes, shapes)
  }
}

extension Graph.Node {
  /// Whether every voxel of the result comes from the same voxel alone, by a convolution.
  fileprivate var isPointwise: Bool {
    guard case .convolution(let window, _, _) = operation else { return false }
    let ones = [1, 1, 1]
    return window.kernel == ones && window.stride == ones && !window.isPadded
  }
}

extension Window {
  fileprivate var isPadded: Bool { (paddingBefore + paddingAfter).contains { $0 != 0 } }
}
