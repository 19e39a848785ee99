internal import CKernels
import ZooKernels

/// The work of a network, cut into units for the workers; made once, so that a run allocates nothing.
final class NetworkJobs {
  let pack: PackJob
  let forward: [ForwardJob]
  let share: ShareJob
  let backward: [BackwardJob]
  let reduce: ReduceJob
  let finish: FinishJob
  /// By step.
  let batch: [Int: BatchJob]

  init(plan: Plan, parts: NetworkParts, clock: StepClock) {
    pack = PackJob(parts, clock)
    let last = plan.schedule.forward.count - 1
    forward = plan.schedule.forward.enumerated().map {
      ForwardJob(parts, clock, steps: $1, copiesResult: $0 == last)
    }
    share = ShareJob(parts, clock, workers: plan.options.threads)
    backward = plan.schedule.backward.map { stage in
      // What takes all samples at once comes after: here only what it needs is computed again.
      var own = stage
      own.steps.removeAll(where: plan.schedule.batched.contains)
      return BackwardJob(parts, clock, own)
    }
    let runners = parts.runners.enumerated().compactMap { index, runner in
      (runner as? BatchConvolutionRunner).map { (index, BatchJob($0, step: index, clock: clock)) }
    }
    batch = Dictionary(uniqueKeysWithValues: runners)
    reduce = ReduceJob(parts, clock, row: plan.program.steps.count)
    finish = FinishJob(parts, clock)
  }

  /// A unit packs one step's weights.
  final class PackJob: WorkerJob {
    private let parts: NetworkParts
    private let clock: StepClock
    private var steps: [Int] = []

    init(_ parts: NetworkParts, _ clock: StepClock) {
      self.parts = parts
      self.clock = clock
    }

    func run(_ steps: [Int], on workers: Workers) throws {
      self.steps = steps
      try workers.run(self, units: steps.count)
    }

    func perform(unit: Int, worker: Int) throws {
      let step = steps[unit]
      try clock.time(step, .packing, worker: worker) { try parts.runners[step].pack(worker: worker) }
    }
  }

  /// A unit runs one sample through a stage.
  final class ForwardJob: WorkerJob {
    private let parts: NetworkParts
    private let clock: StepClock
    private let steps: [Int]
    private let copiesResult: Bool

    init(_ parts: NetworkParts, _ clock: StepClock, steps: [Int], copiesResult: Bool) {
      self.parts = parts
      self.clock = clock
      self.steps = steps
      self.copiesResult = copiesResult
    }

    func perform(unit: Int, worker: Int) throws {
      let turn = Turn(sample: unit, worker: worker, copy: worker)
      for step in steps {
        try clock.time(step, .forward, worker: worker) { try parts.runners[step].forward(turn) }
      }
      if copiesResult { parts.copyResult(turn) }
    }
  }

  /// A round is a step of one sample, a unit a part of it: for fewer samples than workers.
  final class ShareJob: RoundsJob {
    private let parts: NetworkParts
    private let clock: StepClock
    private let workers: Int
    private var sample = 0
    private var steps: [Int] = []
    private let rounds = Rounds()

    init(_ parts: NetworkParts, _ clock: StepClock, workers: Int) {
      self.parts = parts
      self.clock = clock
      self.workers = min(workers, Rounds.units)
    }

    /// Takes samples one after the other through a stage, each step on up to `Rounds.units` workers if these can share it.
    func run(samples: Int, steps: [Int], on workers: Workers) throws {
      for sample in 0..<samples {
        self.sample = sample
        self.steps = steps
        try rounds.run(self, rounds: steps.count, on: workers)
        if steps.last == parts.runners.indices.last {
          parts.copyResult(Turn(sample: sample, worker: 0, copy: 0))
        }
      }
    }

    func units(of round: Int) -> Int { parts.runners[steps[round]].isShared ? workers : 1 }

    func perform(unit: Int, of round: Int, worker: Int) throws {
      let step = steps[round]
      let turn = Turn(sample: sample, worker: worker, copy: 0, part: unit, parts: units(of: round))
      try clock.time(step, .forward, worker: worker) { try parts.runners[step].forward(turn) }
    }
  }

  /// A unit takes a run of samples back through a stage, into one slot.
  final class BackwardJob: WorkerJob {
    private let parts: NetworkParts
    private let clock: StepClock
    private let stage: Schedule.Stage
    private let starts: [Int]
    var units = 1

    init(_ parts: NetworkParts, _ clock: StepClock, _ stage: Schedule.Stage) {
      self.parts = parts
      self.clock = clock
      self.stage = stage
      starts = stage.steps.map { stage.slotStarts[$0] ?? 0 }
    }

    func perform(unit: Int, worker: Int) throws {
      let samples = parts.state.samples
      let first = unit * samples / units
      let slot = parts.slots + unit * stage.slotCount
      for sample in first..<(unit + 1) * samples / units {
        let turn = Turn(sample: sample, worker: worker, copy: worker, isBackward: true)
        for step in stage.again {
          try clock.time(step, .forward, worker: worker) { try parts.runners[step].forward(turn) }
        }
        for (number, step) in stage.steps.enumerated() {
          try clock.time(step, .backward, worker: worker) {
            try parts.runners[step].backward(turn, slot: slot + starts[number], isFirst: sample == first)
          }
        }
      }
    }
  }

  /// A unit adds up a part of all slots, in their order, into the first.
  final class ReduceJob: WorkerJob {
    private let parts: NetworkParts
    private let clock: StepClock
    /// Its row in the clock, behind those of the steps.
    private let row: Int
    private var slotCount = 0
    private var slots = 0
    private(set) var chunks = 0
    private let chunk = 1 << 14

    init(_ parts: NetworkParts, _ clock: StepClock, row: Int) {
      self.parts = parts
      self.clock = clock
      self.row = row
    }

    func begin(stage: Schedule.Stage, slots: Int) {
      slotCount = stage.slotCount
      self.slots = slots
      chunks = slots > 1 ? (slotCount + chunk - 1) / chunk : 0
    }

    func perform(unit: Int, worker: Int) {
      let start = unit * chunk
      let count = min(chunk, slotCount - start)
      let base = parts.slots + start
      clock.time(row, .reducing, worker: worker) {
        parts.state.kernels.sum_slots(base, Int64(slotCount), Int64(count), Int64(slots), base)
      }
    }
  }

  /// A unit turns one step's summed slot into its parameters' gradients.
  final class FinishJob: WorkerJob {
    private let parts: NetworkParts
    private let clock: StepClock
    var steps: [Int] = []
    var starts: [Int: Int] = [:]

    init(_ parts: NetworkParts, _ clock: StepClock) {
      self.parts = parts
      self.clock = clock
    }

    func perform(unit: Int, worker: Int) throws {
      let step = steps[unit]
      try clock.time(step, .reducing, worker: worker) {
        try parts.runners[step].finishGradient(slot: parts.slots + (starts[step] ?? 0), worker: worker)
      }
    }
  }
}
