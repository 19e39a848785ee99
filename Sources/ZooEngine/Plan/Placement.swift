/// Where every stored tensor and gradient lies: found by following all steps in the order they run.
struct Placement {
  /// A buffer in one of the two blocks of memory.
  struct Spot {
    let buffer: Int
    /// In the block that each worker has a copy of, for one sample at a time; else in the block of the whole batch.
    let isWorkers: Bool
  }

  /// Where the values of each root storage lie.
  private(set) var values: [Int: Spot] = [:]
  /// The same in the backward pass, for values that are computed again.
  private(set) var again: [Int: Spot] = [:]
  private(set) var gradients: [Int: Spot] = [:]
  /// Tensors of all samples.
  private(set) var batch = Liveness()
  /// Tensors of one sample, for each worker: in inference those that no later stage reads.
  private(set) var worker = Liveness()

  private let program: Program
  private let samples: Int
  private let workersRoots: Set<Int>

  init(_ program: Program, _ schedule: Schedule, _ options: PlanOptions) {
    self.program = program
    samples = options.batch
    workersRoots = options.mode == .inference ? Placement.rootsOfOneStage(program, schedule) : []
    // Workers stand at different steps of a stage at the same time; what each has of its own follows its own steps.
    var (time, step) = (0, 0)
    for stage in schedule.forward {
      for index in stage {
        for view in program.steps[index].inputs where !program.storages[view.storage].isPlain {
          use(view.storage, \.values, time, step)
        }
        use(program.steps[index].output, \.values, time, step)
        step += 1
      }
      time += 1
    }
    use(program.output, \.values, time, step)
    if options.mode == .training { trace(backward: schedule, from: time) }
    batch.place()
    worker.place()
  }

  /// Roots of tensors that one stage alone touches, and not for all samples at once.
  private static func rootsOfOneStage(_ program: Program, _ schedule: Schedule) -> Set<Int> {
    var stages: [Int: Set<Int>] = [:]
    var shared: Set<Int> = []
    for (number, stage) in schedule.forward.enumerated() {
      for index in stage {
        let step = program.steps[index]
        for storage in step.inputs.map(\.storage) + [step.output] {
          let root = program.root(of: storage).storage
          stages[root, default: []].insert(number)
          if schedule.batched.contains(index) { shared.insert(root) }
        }
      }
    }
    return Set(stages.filter { $0.value.count == 1 }.keys).subtracting(shared)
  }

  private mutating func trace(backward schedule: Schedule, from start: Int) {
    let repeated = Set(schedule.repeats.map { program.steps[$0].output })
    var time = start
    if program.storages[program.output].needsGradient { use(program.output, \.gradients, time) }
    for stage in schedule.backward {
      for index in stage.again {
        for view in program.steps[index].inputs where !program.storages[view.storage].isPlain {
          use(view.storage, \.values, time)
        }
        use(program.steps[index].output, \.again, time)
      }
      for index in stage.steps {
        let step = program.steps[index]
        for view in step.inputs {
          if repeated.contains(view.storage) {
            use(view.storage, \.again, time)
          } else if !program.storages[view.storage].isPlain {
            use(view.storage, \.values, time)
          }
          if program.storages[view.storage].needsGradient { use(view.storage, \.gradients, time) }
        }
        if repeated.contains(step.output) {
          use(step.output, \.again, time)
        } else {
          use(step.output, \.values, time)
        }
        use(step.output, \.gradients, time)
      }
      time += 1
    }
  }

  private mutating func use(
    _ storage: Int, _ spots: WritableKeyPath<Placement, [Int: Spot]>, _ stage: Int, _ step: Int = 0
  ) {
    let root = program.root(of: storage).storage
    let bytes = program.storages[root].bytes
    if workersRoots.contains(root) {
      let spot =
        self[keyPath: spots][root] ?? Spot(buffer: worker.add(bytes: bytes), isWorkers: true)
      self[keyPath: spots][root] = spot
      worker.use(spot.buffer, at: step)
    } else {
      let spot =
        self[keyPath: spots][root] ?? Spot(buffer: batch.add(bytes: samples * bytes), isWorkers: false)
      self[keyPath: spots][root] = spot
      batch.use(spot.buffer, at: stage)
    }
  }
}
