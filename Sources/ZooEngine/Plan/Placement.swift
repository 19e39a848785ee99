/// Where every stored tensor and gradient lies: found by following all steps in the order they run.
struct Placement {
  /// Buffer of each root storage's values, in `liveness`.
  private(set) var values: [Int: Int] = [:]
  /// The same in the backward pass, for values that are computed again.
  private(set) var again: [Int: Int] = [:]
  private(set) var gradients: [Int: Int] = [:]
  private(set) var liveness = Liveness()

  private let program: Program
  private let copies: Int

  init(_ program: Program, _ schedule: Schedule, _ options: PlanOptions) {
    self.program = program
    // In inference each worker has a block of its own: workers stand at different steps at the same time.
    copies = options.mode == .training ? options.batch : 1
    var time = 0
    for stage in schedule.forward {
      for index in stage {
        // Without a batch to wait for, each step is a stage of its own as far as memory goes.
        useForward(program.steps[index], time)
        if options.mode == .inference { time += 1 }
      }
      time += 1
    }
    use(program.output, \.values, time)
    if options.mode == .training { trace(backward: schedule, from: time) }
    liveness.place()
  }

  private mutating func trace(backward schedule: Schedule, from start: Int) {
    let repeated = Set(schedule.repeats.map { program.steps[$0].output })
    var time = start
    if program.storages[program.output].needsGradient { use(program.output, \.gradients, time) }
    for stage in schedule.backward {
      for index in stage.again {
        for view in program.steps[index].inputs { use(view.storage, \.values, time) }
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

  private mutating func useForward(_ step: Program.Step, _ stage: Int) {
    for view in step.inputs where !program.storages[view.storage].isPlain {
      use(view.storage, \.values, stage)
    }
    use(step.output, \.values, stage)
  }

  private mutating func use(
    _ storage: Int, _ buffers: WritableKeyPath<Placement, [Int: Int]>, _ stage: Int
  ) {
    let root = program.root(of: storage).storage
    let buffer = self[keyPath: buffers][root] ?? liveness.add(bytes: copies * program.storages[root].bytes)
    self[keyPath: buffers][root] = buffer
    liveness.use(buffer, at: stage)
  }
}
