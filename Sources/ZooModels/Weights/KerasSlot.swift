import ZooCore
import ZooGraph
import ZooVolume

/// A place for a Keras layer's weights in a graph: an operation with parameters, and where its values lie in Keras.
struct KerasSlot {
  /// A parameter and its counterpart.
  ///
  /// Ours are [outputs][inputs][taps], Keras' are [taps][inputs][outputs].
  struct Tensor {
    let role: String
    /// Its position in `Graph.parameters`.
    let parameter: Int
    /// Sizes in Keras' order.
    let shape: [Int]
    let outputs: Int
    let inputs: Int
    let taps: Int
    /// The volume that was flattened to the inputs: ours have channels slowest, Keras' fastest.
    let flattened: Shape?

    /// Positions of one value here and in Keras, for all values.
    func forEachPosition(_ body: (_ own: Int, _ keras: Int) -> Void) {
      let voxels = flattened?.voxels ?? 1
      let channels = inputs / voxels
      for output in 0..<outputs {
        for input in 0..<inputs {
          let there = input % voxels * channels + input / voxels
          for tap in 0..<taps {
            body((output * inputs + input) * taps + tap, (tap * inputs + there) * outputs + output)
          }
        }
      }
    }
  }

  /// Path of the operation: `block1.layer2.conv1`.
  let path: String
  /// Its position in `Graph.nodes`.
  let node: Int
  let kind: KerasKind
  let tensors: [Tensor]

  /// The places of a graph, in the order of its operations; a `Problem` for what has no counterpart in Keras.
  static func slots(of graph: Graph) throws -> [KerasSlot] {
    let flattened = try FlattenedShapes(graph)
    return try graph.nodes.enumerated().compactMap { index, node in
      if node.parameters.isEmpty { return nil }
      let kind: KerasKind
      switch node.operation {
      case .convolution: kind = .conv3d
      case .batchNorm: kind = .batchNormalization
      case .dense: kind = .dense
      default:
        throw Problem(
          "the layer has no counterpart in Keras", at: node.path, found: node.operation.name,
          next: "use safetensors")
      }
      let input = flattened[node.inputs[0]]
      let tensors = zip(kind.roles, node.parameters).map { role, parameter in
        Tensor(
          role: role, parameter: parameter, own: graph.parameters[parameter].shape,
          flattened: kind == .batchNormalization || role == "kernel" ? input : nil)
      }
      return KerasSlot(path: node.path, node: index, kind: kind, tensors: tensors)
    }
  }
}

extension KerasSlot.Tensor {
  /// The counterpart of a parameter of sizes (O, I, D, H, W), (O, I) or (C).
  fileprivate init(role: String, parameter: Int, own: [Int], flattened: Shape?) {
    self.role = role
    self.parameter = parameter
    self.flattened = flattened
    // A vector counts as inputs, as a batch norm's after a flatten.
    outputs = own.count > 1 ? own[0] : 1
    inputs = own.count > 1 ? own[1] : own[0]
    taps = own.dropFirst(2).reduce(1, *)
    shape = own.count > 1 ? Array(own.dropFirst(2)) + [inputs, outputs] : own
  }
}
