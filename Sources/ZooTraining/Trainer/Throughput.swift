public import ZooCore
import ZooEngine
public import ZooGraph

/// How fast a network runs on this machine: a full training step, or a batch of inference, on random voxels.
public struct Throughput: Sendable {
  /// What is timed.
  public enum Task: String, Sendable {
    /// Forward, loss, backward, Adam.
    case training
    /// Forward with running statistics.
    case inference
  }

  /// Seconds of each repetition, the first two left out.
  public let seconds: [Double]
  /// Samples in a batch.
  public let batch: Int
  /// Bytes the network, and in training Adam's two moments, were forecast to take.
  public let forecast: Int
  /// What computes each convolution, by layer path.
  public let kernels: [(path: String, name: String)]

  /// Median of samples a second.
  public var samplesPerSecond: Double {
    let sorted = seconds.sorted()
    return Double(batch) / sorted[sorted.count / 2]
  }

  /// Times `repetitions` steps after two that warm up; costs that many steps.
  public init(
    of graph: Graph, task: Task, batch: Int, threads: Int, repetitions: Int, seed: Seed = Seed(0)
  ) throws {
    let mode: PlanOptions.Mode = task == .training ? .training : .inference
    let plan = try Plan(
      graph, PlanOptions(mode: mode, batch: batch, threads: threads, end: graph.logits.tensor))
    let weights = Weights(for: graph)
    weights.initialize(seed: seed)
    let network = try Network(plan, weights: weights)
    var stream = seed.child("voxels").stream()
    for i in network.input.indices { network.input[i] = Float(stream.index(below: 256)) }
    let adam = try Registry(optimizers: builtInOptimizers).make(
      "adam", layout: ParameterLayout(graph.parameters))
    let outputs = graph.logits.count
    let clock = ContinuousClock()
    var seconds: [Double] = []
    for _ in 0..<repetitions + 2 {
      let duration = try clock.measure {
        try network.forward(samples: batch)
        guard task == .training else { return }
        for i in network.outputGradient.indices {
          let target: Float = i % outputs == i / outputs % outputs ? 1 : 0
          network.outputGradient[i] = (network.output[i] - target) / Float(batch)
        }
        try network.backward()
        network.updateRunningStatistics()
        _ = adam.step(
          parameters: weights.values, gradients: UnsafeBufferPointer(network.gradients), learningRate: 1e-3)
        network.weightsChanged()
      }
      seconds.append(duration / .seconds(1))
    }
    self.seconds = Array(seconds.dropFirst(2))
    self.batch = batch
    let moments = task == .training ? 2 * 4 * graph.trainableCount : 0
    forecast = try Network.forecast(plan).total + moments
    kernels = plan.convolutionNames
  }
}
