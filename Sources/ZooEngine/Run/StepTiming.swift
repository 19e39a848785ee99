import ZooGraph
import ZooVolume

/// What one pass through one step took and had to do, for a whole batch.
public struct StepTiming: Hashable, Sendable {
  /// The parts of a training step; inference has the first and, once, packing.
  public enum Pass: Int, CaseIterable, Sendable {
    /// Outputs from inputs.
    case forward
    /// Gradients of inputs and weights.
    case backward
    /// Weights from PyTorch's order into the kernels' own.
    case packing
    /// Weight gradients of all samples into one, and back into PyTorch's order.
    case reducing
  }

  /// Path of the layer.
  public let path: String
  /// What kind of step it is, for tables: `conv 3³`, `pool`.
  public let kind: String
  /// Which pass.
  public let pass: Pass
  /// Seconds of thread time, all workers together.
  public let seconds: Double
  /// Multiply-adds of direct computation; kernels may need fewer.
  public let multiplyAdds: Int
  /// Bytes that have to be moved at least: every tensor read or written once, as it is stored.
  public let bytes: Int
}

extension Program.Kind {
  /// A word for tables.
  var word: String {
    switch self {
    case .load: "load"
    case .keep: "keep"
    case .convolution(let window, _, _):
      switch window.kernel {
      case [3, 3, 3]: "conv 3³"
      case [1, 1, 1]: "conv 1³"
      default: "conv other"
      }
    case .averagePool, .maxPool, .globalAveragePool: "pool"
    case .dense: "dense"
    case .add: "add"
    case .flatten: "flatten"
    case .softmax: "softmax"
    case .custom(let operation): operation.name
    }
  }

  /// Whether the backward pass reads the inputs' values whatever view they are read through.
  fileprivate var readsValuesBackward: Bool {
    switch self {
    case .convolution, .dense, .maxPool, .softmax, .custom: true
    default: false
    }
  }
}

extension Plan {
  /// Multiply-adds of a pass over one sample. Backward they are those of the weights' gradients and, where it is wanted, of the
  /// input's.
  func multiplyAdds(of step: Program.Step, _ pass: StepTiming.Pass) -> Int {
    switch step.kind {
    case .convolution, .dense, .custom: break
    default: return 0
    }
    guard let node = graph.nodes.first(where: { $0.path == step.path && $0.parameters == step.parameters })
    else { return 0 }
    // As it is run: a pooling that is done first leaves fewer voxels than the graph says.
    let voxels = (program.storages[step.output].shape.voxels, graph.tensors[node.output].voxels)
    let once = graph.multiplyAdds(of: node) / voxels.1 * voxels.0
    let gradients =
      (step.parameters.isEmpty ? 0 : 1) + (step.inputs.contains(where: program.learns(through:)) ? 1 : 0)
    switch pass {
    case .forward: return once
    case .backward: return once * gradients
    case .packing, .reducing: return 0
    }
  }

  /// Bytes that a pass over a batch has to move at least.
  func bytes(of step: Program.Step, _ pass: StepTiming.Pass, samples: Int) -> Int {
    func stored(_ storage: Int) -> Int { program.storages[storage].bytes }
    let inputs = step.inputs.map { stored($0.storage) }.reduce(0, +)
    let output = stored(step.output)
    switch pass {
    case .forward: return samples * (inputs + output)
    case .backward:
      let values = step.inputs.filter { step.kind.readsValuesBackward || !$0.isIdentity }
      let gradients = step.inputs.filter { program.storages[$0.storage].needsGradient }
      return samples * (output + (values + gradients).map { stored($0.storage) }.reduce(0, +))
    case .packing, .reducing:
      // Read once, written once.
      return 2 * step.parameters.map { graph.parameters[$0].count }.reduce(0, +) * MemoryLayout<Float>.size
    }
  }

  /// Bytes of the slots of weight gradients, which are read once and their sum written.
  func slotBytes(samples: Int) -> Int {
    schedule.backward.map { stage in
      let slots = units(of: stage, samples: samples)
      return slots > 1 ? (slots + 1) * stage.slotCount * MemoryLayout<Float>.size : 0
    }.reduce(0, +)
  }
}
