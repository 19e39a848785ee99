import ZooCore
import ZooGraph
import ZooVolume

/// Which vectors of a graph are flattened volumes, and of what shape: there the order of values differs from Keras'.
struct FlattenedShapes {
  private var shapes: [Int: Shape] = [:]

  /// Follows every flatten through what keeps the order of values; where it meets other vectors is a `Problem`.
  init(_ graph: Graph) throws {
    for node in graph.nodes {
      switch node.operation {
      case .flatten:
        let shape = graph.tensors[node.inputs[0]]
        if shape.voxels > 1, shape.channels > 1 { shapes[node.output] = shape }
      case .activation, .batchNorm, .dropout, .scale, .softmax:
        shapes[node.output] = shapes[node.inputs[0]]
      case .add where Set(node.inputs.map { shapes[$0] }).count == 1:
        shapes[node.output] = shapes[node.inputs[0]]
      case .dense, .convolution: break
      default:
        guard node.inputs.allSatisfy({ shapes[$0] == nil }) else {
          throw Problem(
            "a flattened volume is joined with others, in another order than Keras'", at: node.path,
            next: "use safetensors")
        }
      }
    }
  }

  /// The volume that a tensor holds flattened.
  subscript(tensor: Int) -> Shape? { shapes[tensor] }
}
