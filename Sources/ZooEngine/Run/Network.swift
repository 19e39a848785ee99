internal import CKernels
import ZooCore
import ZooGraph
import ZooKernels
import ZooVolume

/// A network that runs: a plan with its memory, workers and weights.
///
/// Write samples to `input`, call `forward`, read `output`; in training write the loss's gradient to `outputGradient`, call
/// `backward`, and find the parameters' gradients in `gradients`. A run allocates nothing and gives the same bits for any
/// number of threads. Not for use from several threads at once.
public final class Network {
  /// How it runs.
  public let plan: Plan
  /// The parameters' values; call `weightsChanged` after writing to them.
  public let weights: Weights
  /// Plain input [batch][C][D][H][W].
  public let input: UnsafeMutableBufferPointer<Float>
  /// Plain output [batch][C·D·H·W].
  public let output: UnsafeMutableBufferPointer<Float>
  /// Gradient of the loss with respect to `output`, same layout; training only.
  public let outputGradient: UnsafeMutableBufferPointer<Float>
  /// Gradient with respect to `input`, where the plan was asked for it.
  public let inputGradient: UnsafeMutableBufferPointer<Float>
  /// Gradients of all parameters, laid out like `weights.values`; training only.
  public let gradients: UnsafeMutableBufferPointer<Float>

  let arena: Arena
  let workers: Workers
  let parts: NetworkParts
  let clock: StepClock
  private let jobs: NetworkJobs
  private var isPacked = false

  /// Takes the memory a plan needs; throws where there is not enough. `weights` may be shared with other networks.
  public init(_ plan: Plan, weights: Weights) throws {
    self.plan = plan
    self.weights = weights
    Matrix.useCallingThread()
    let bytes = try NetworkParts.bytes(plan: plan, weights: weights)
    guard let arena = Arena(bytes: bytes) else {
      throw Problem(
        "not enough memory for the network", expected: bytes.asMegabytes,
        next: "use a smaller batch or a smaller input")
    }
    workers = Workers(count: plan.options.threads)
    var carver = Carver(base: arena.base)
    parts = NetworkParts(plan: plan, weights: weights, memory: &carver)
    self.arena = arena
    // The steps, and a row for what belongs to none of them.
    clock = StepClock(steps: plan.program.steps.count + 1, workers: plan.options.threads)
    jobs = NetworkJobs(plan: plan, parts: parts, clock: clock)
    input = parts.input
    output = parts.output
    outputGradient = parts.outputGradient
    inputGradient = parts.inputGradient
    gradients = parts.gradients
    parts.prepare()
  }

  /// The memory that a plan takes.
  public static func forecast(_ plan: Plan) throws -> MemoryForecast {
    let values = plan.graph.parameters.map(\.count).reduce(0, +) * 4
    let isTraining = plan.options.mode == .training
    let all = try NetworkParts.bytes(plan: plan, weights: nil)
    let gradients = isTraining ? values : 0
    let tensors = plan.tensorBytes
    return MemoryForecast(
      tensors: tensors, working: all - tensors - gradients, parameters: values + gradients)
  }

  /// Says that `weights` have changed since the last run.
  public func weightsChanged() { isPacked = false }

  /// Computes `output` for the first `samples` of `input`. In training `dropoutKey` picks the dropout masks; nil, and
  /// always in inference, leaves dropout out.
  public func forward(samples: Int, dropoutKey: UInt64? = nil) throws {
    let state = parts.state
    clock.countRun()
    state.samples = samples
    state.dropoutKey = plan.options.mode == .training ? dropoutKey : nil
    if !isPacked {
      if plan.options.mode == .inference { for norm in parts.norms { norm.foldRunning() } }
      if plan.keepsPackedWeights { try jobs.pack.run(plan.packingTurns.steps[0], on: workers) }
      isPacked = true
    }
    if plan.keepsPackedWeights {
      try runStages(samples: samples)
    } else {
      try runTurns()
    }
    for sample in 0..<samples where plan.schedule.endsBatched {
      parts.copyResult(Turn(sample: sample, worker: 0, copy: 0))
    }
  }

  /// One sample through all steps, whose weights are packed on the way.
  private func runTurns() throws {
    for steps in plan.packingTurns.steps {
      try jobs.pack.run(steps, on: workers)
      if let batch = jobs.batch[steps[0]] {
        try batch.forward(samples: 1, on: workers)
      } else {
        try jobs.share.run(samples: 1, steps: steps, on: workers)
      }
    }
  }

  private func runStages(samples: Int) throws {
    for (index, stage) in plan.schedule.forward.enumerated() {
      if let batch = jobs.batch[stage[0]] {
        try batch.forward(samples: samples, on: workers)
      } else if plan.options.mode == .inference, samples < workers.count {
        try jobs.share.run(samples: samples, steps: stage, on: workers)
      } else {
        try workers.run(jobs.forward[index], units: samples)
      }
      guard plan.options.mode == .training else { continue }
      for step in stage {
        let target = parts.runners[step].target
        target.statistics?.reduce(places: target.places, samples: samples)
      }
      for norm in parts.foldsAfter[index] { parts.norms[norm].foldBatch() }
    }
  }

  /// Computes `gradients` from `outputGradient`, for the samples of the last `forward`.
  public func backward() throws {
    precondition(plan.options.mode == .training, "a plan for inference has no backward pass")
    let samples = parts.state.samples
    // Other parameters' gradients are overwritten; those that nothing reaches stay 0.
    for norm in parts.norms { norm.clearGradient() }
    for statistics in parts.statistics.values { statistics.clearCorrections() }
    parts.seedGradient(samples: samples)
    for (index, stage) in plan.schedule.backward.enumerated() {
      let units = plan.units(of: stage, samples: samples)
      jobs.backward[index].units = units
      try workers.run(jobs.backward[index], units: units)
      try jobs.batch[stage.steps[0]]?.backward(samples: samples, on: workers)
      jobs.reduce.begin(stage: stage, slots: units)
      try workers.run(jobs.reduce, units: jobs.reduce.chunks)
      jobs.finish.steps = stage.steps
      jobs.finish.starts = stage.slotStarts
      try workers.run(jobs.finish, units: stage.steps.count)
      for step in stage.steps {
        for source in parts.runners[step].inputs {
          if let norm = source.norm, let sums = source.sums {
            norm.takeGradient(sums: sums, samples: samples)
          }
        }
      }
    }
  }

  /// Moves the batch norms' running statistics towards those of the last `forward`; `share` is what this batch counts for
  /// (1/k for the k-th batch gives the mean over batches), nil for 1 − momentum.
  public func updateRunningStatistics(share: Float? = nil) {
    for norm in parts.norms { norm.updateRunning(samples: parts.state.samples, share: share) }
  }
}
