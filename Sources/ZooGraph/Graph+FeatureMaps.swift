import ZooCore
import ZooVolume

extension Graph {
  /// The tensor whose features a map of the last layers' attention is taken from: of all that the logits depend on the last
  /// feature map with more than one voxel that is no pooled copy of another, or that of a layer by its path.
  ///
  /// Features are what a convolution, or an operation of somebody else's, has made. `layer` may be a whole block; its last
  /// operation counts. A `Problem` lists the layers there are.
  public func featureMap(at layer: String? = nil) throws -> (tensor: Int, layer: String) {
    let maps = featureMaps
    guard let layer else {
      guard let last = maps.last(where: { !$0.operation.isPooling }) else {
        throw Problem(
          "the network has no feature map of more than one voxel", next: "explain it by occlusion instead")
      }
      return (last.output, last.path)
    }
    guard let node = maps.last(where: { $0.path == layer || $0.path.hasPrefix("\(layer).") }) else {
      var known: [String] = []
      for name in maps.map({ String($0.path.prefix { $0 != "." }) }) where !known.contains(name) {
        known.append(name)
      }
      let near = nearest(to: layer, in: maps.map(\.path) + known).map { "did you mean \"\($0)\"? " } ?? ""
      throw Problem(
        "no layer \"\(layer)\" with a feature map", at: "--layer",
        next: "\(near)There are: \(known.joined(separator: ", "))")
    }
    return (node.output, layer)
  }

  /// Operations that the logits depend on whose output has more than one voxel and comes from a convolution or the like.
  private var featureMaps: [Node] {
    var needed: Set<Int> = [logits.tensor]
    for node in nodes.reversed() where needed.contains(node.output) { needed.formUnion(node.inputs) }
    var features: Set<Int> = []
    for node in nodes where node.operation.makesFeatures || node.inputs.contains(where: features.contains) {
      features.insert(node.output)
    }
    return nodes.filter {
      needed.contains($0.output) && features.contains($0.output) && tensors[$0.output].voxels > 1
    }
  }
}

extension Operation {
  fileprivate var isPooling: Bool {
    switch self {
    case .averagePool, .maxPool: true
    default: false
    }
  }

  fileprivate var makesFeatures: Bool {
    switch self {
    case .convolution, .custom: true
    default: false
    }
  }
}
