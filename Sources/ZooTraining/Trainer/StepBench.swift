import ZooCore
import ZooData
import ZooEngine
import ZooGraph
import ZooKernels

/// A network with an optimizer and random voxels, to run the same step again and again.
final class StepBench {
  let network: Network
  private let optimizer: any Optimizer
  private let outputs: Int
  let clock = ContinuousClock()

  init(
    _ graph: Graph, task: Throughput.Task, batch: Int, precision: Precision,
    kernels: KernelChoice, memory: Int?, threads: Int, seed: Seed
  ) throws {
    let mode: PlanOptions.Mode = task == .training ? .training : .inference
    let plan = try Plan(
      graph,
      PlanOptions(
        mode: mode, batch: batch, threads: threads, precision: precision, kernels: kernels,
        memory: memory ?? MachineMemory.available, end: graph.logits.tensor))
    let weights = try Weights(for: graph)
    weights.initialize(seed: seed)
    network = try Network(plan, weights: weights)
    var stream = seed.child("voxels").stream()
    for i in network.input.indices { network.input[i] = Float(stream.index(below: 256)) }
    optimizer = try Registry(optimizers: builtInOptimizers).make(
      "adam", layout: ParameterLayout(graph.parameters))
    outputs = graph.logits.count
  }

  /// Seconds of each of some steps, the waiting for their batches included.
  func seconds(of steps: Int, with batches: BenchBatches?) throws -> [Double] {
    guard let batches else { return try (0..<steps).map { _ in try step().all } }
    var seconds: [Double] = []
    var start = clock.now
    try batches.handOut { voxels in
      _ = network.input.update(fromContentsOf: voxels)
      _ = try step()
      let end = clock.now
      seconds.append((end - start) / .seconds(1))
      start = end
    }
    return seconds
  }

  /// Seconds of a step, and of the optimizer in it.
  func step() throws -> (all: Double, optimizer: Double) {
    let start = clock.now
    let batch = network.plan.options.batch
    try network.forward(samples: batch)
    guard network.plan.options.mode == .training else { return ((clock.now - start) / .seconds(1), 0) }
    for i in network.outputGradient.indices {
      let target: Float = i % outputs == i / outputs % outputs ? 1 : 0
      network.outputGradient[i] = (network.output[i] - target) / Float(batch)
    }
    try network.backward()
    network.updateRunningStatistics()
    let middle = clock.now
    _ = try optimizer.step(
      parameters: network.weights.values, gradients: UnsafeBufferPointer(network.gradients),
      learningRate: 1e-3, on: network.team)
    network.weightsChanged()
    let end = clock.now
    return ((end - start) / .seconds(1), (end - middle) / .seconds(1))
  }
}
