import ZooCore
import ZooData
import ZooEngine
import ZooGraph
import ZooKernels
import ZooVolume

/// A network for inference that ends at its logits, run over cases of a data set.
final class Classifier {
  private let network: Network
  private let head: OutputHead
  private let outputs: Int
  private let sampleCount: Int

  /// Takes the network's memory; the weights may be shared with one that learns. `isForOneRun` if one case is all.
  init(
    _ graph: Graph, weights: Weights, batch: Int, precision: Precision, kernels: KernelChoice, threads: Int,
    isForOneRun: Bool = false
  ) throws {
    let logits = graph.logits
    let plan = try Plan(
      graph,
      PlanOptions(
        mode: .inference, batch: batch, threads: threads, precision: precision, kernels: kernels,
        isForOneRun: isForOneRun, end: logits.tensor))
    network = try Network(plan, weights: weights)
    head = logits.head
    outputs = logits.count
    sampleCount = graph.inputShape.count
  }

  /// Memory such a network takes.
  static func forecast(_ graph: Graph, batch: Int, precision: Precision, kernels: KernelChoice, threads: Int)
    throws
    -> MemoryForecast
  {
    try Network.forecast(
      try Plan(
        graph,
        PlanOptions(
          mode: .inference, batch: batch, threads: threads, precision: precision, kernels: kernels,
          end: graph.logits.tensor))
    )
  }

  /// Says that the weights have changed since the last run.
  func weightsChanged() { network.weightsChanged() }

  /// The logits of a loader's cases, [N × K], and what was given as their targets.
  ///
  /// `afterBatch` hears how many cases are done; what it throws ends the run.
  func logits(
    of loader: BatchLoader, afterBatch: (_ done: Int) throws -> Void = { _ in }
  ) throws -> (logits: [Float], targets: [Float]) {
    var logits: [Float] = []
    var targets: [Float] = []
    try loader.forEachBatch(ofEpoch: 0) { batch in
      _ = network.input.update(fromContentsOf: batch.voxels)
      try network.forward(samples: batch.count)
      logits += network.output.prefix(batch.count * outputs)
      targets += batch.targets
      try afterBatch(logits.count / outputs)
    }
    return (logits, targets)
  }

  /// The probabilities of logits [N × K], a row a sample.
  func probabilities(of logits: [Float]) -> [[Double]] {
    stride(from: 0, to: logits.count, by: outputs).map { head.probabilities(of: logits[$0..<$0 + outputs]) }
  }
}
