import ZooVolume

extension Graph {
  /// Multiply-adds of the whole network for one sample, convolutions and dense layers counted as in the literature.
  public var multiplyAdds: Int { nodes.map(multiplyAdds(of:)).reduce(0, +) }

  /// Multiply-adds of one operation for one sample.
  public func multiplyAdds(of node: Node) -> Int {
    let input = node.inputs.first.map { tensors[$0] } ?? Shape(channels: 0)
    let output = tensors[node.output]
    switch node.operation {
    case .convolution(let window, let groups, _):
      return output.count * (input.channels / groups) * window.taps
    case .dense: return input.count * output.count
    case .custom(let operation): return operation.multiplyAdds(for: node.inputs.map { tensors[$0] })
    default: return 0
    }
  }
}
