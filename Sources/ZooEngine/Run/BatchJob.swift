import ZooKernels

/// The work of a step that takes all samples at once: groups of samples, first gathered, then multiplied.
final class BatchJob: WorkerJob {
  private enum Phase {
    case gather
    case forward
    case gatherGradient
    case backward
  }

  private let runner: BatchConvolutionRunner
  private let clock: StepClock
  private let step: Int
  private var phase = Phase.gather
  private var first = 0
  private var samples = 0

  init(_ runner: BatchConvolutionRunner, step: Int, clock: StepClock) {
    self.runner = runner
    self.step = step
    self.clock = clock
  }

  /// Computes the outputs of all samples.
  func forward(samples all: Int, on workers: Workers) throws {
    try forEachGroup(of: all) {
      try run(.gather, units: samples, on: workers)
      try run(.forward, units: runner.forwardParts, on: workers)
      for place in 0..<samples {
        runner.conclude(Turn(sample: first + place, worker: 0, copy: 0), place: place)
      }
    }
  }

  /// Takes the gradients of all samples back.
  func backward(samples all: Int, on workers: Workers) throws {
    try forEachGroup(of: all) {
      try run(.gatherGradient, units: samples, on: workers)
      try run(.backward, units: runner.backwardParts, on: workers)
    }
  }

  private func forEachGroup(of all: Int, _ work: () throws -> Void) rethrows {
    first = 0
    while first < all {
      samples = min(runner.group, all - first)
      try work()
      first += samples
    }
  }

  private func run(_ phase: Phase, units: Int, on workers: Workers) throws {
    self.phase = phase
    try workers.run(self, units: units)
  }

  func perform(unit: Int, worker: Int) {
    let isBackward = phase == .gatherGradient || phase == .backward
    let turn = Turn(sample: first + unit, worker: worker, copy: worker, isBackward: isBackward)
    clock.time(step, isBackward ? .backward : .forward, worker: worker) {
      switch phase {
      case .gather: runner.gather(turn, place: unit, samples: samples)
      case .forward: runner.forward(samples: samples, part: unit, worker: worker)
      case .gatherGradient: runner.gatherGradient(turn, place: unit, samples: samples)
      case .backward:
        runner.backward(samples: samples, part: unit, accumulates: first > 0, worker: worker)
      }
    }
  }
}
