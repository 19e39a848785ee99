/// Steps in stages: inside a stage every sample runs on its own, between stages all samples meet, because a batch norm
/// needs the statistics of the whole batch or its gradient, or because a step takes all samples at once.
struct Schedule: Sendable {
  /// Positions of steps, in the order they run.
  var forward: [[Int]] = []
  /// The same for the gradients, last step first.
  var backward: [Stage] = []
  /// Steps whose outputs are not kept for the backward pass but computed again.
  var repeats: Set<Int> = []
  /// Steps that take all samples at once; each is a stage of its own.
  let batched: Set<Int>

  /// Whether the last step takes all samples at once.
  var endsBatched: Bool { forward.last?.contains(where: batched.contains) ?? false }

  struct Stage: Sendable {
    /// Steps whose outputs were not kept and are computed again first.
    var again: [Int] = []
    var steps: [Int] = []
    /// Floats of one slot: weight gradients of all the stage's steps behind each other, at these starts.
    var slotCount = 0
    var slotStarts: [Int: Int] = [:]
  }

  /// The schedule without batch statistics: samples meet only where a step takes them all at once.
  init(inference program: Program, batched: Set<Int>) {
    self.batched = batched
    var stage: [Int] = []
    for index in program.steps.indices {
      if batched.contains(index) {
        forward += [stage, [index]]
        stage = []
      } else {
        stage.append(index)
      }
    }
    forward.append(stage)
    forward.removeAll(where: \.isEmpty)
  }

  /// The schedule of a training step. `slotCounts` holds the floats of each step's weight gradient.
  init(training program: Program, slotCounts: [Int], batched: Set<Int>) {
    self.batched = batched
    let normed = program.norms.map { program.places(of: $0.storage) }
    var produced: [Places] = []
    var stage: [Int] = []
    for (index, step) in program.steps.enumerated() {
      let reads = step.inputs.compactMap(\.norm).map { normed[$0] }
      let isAlone = batched.contains(index) || stage.last.map(batched.contains) == true
      if isAlone || reads.contains(where: { read in produced.contains { $0.overlaps(read) } }) {
        forward.append(stage)
        stage = []
        produced = []
      }
      stage.append(index)
      produced.append(program.places(of: step.output))
    }
    forward.append(stage)
    forward.removeAll(where: \.isEmpty)
    scheduleBackward(program, normed, slotCounts)
  }

  private mutating func scheduleBackward(_ program: Program, _ normed: [Places], _ slotCounts: [Int]) {
    var stage = Stage()
    var pending: [Places] = []
    for (index, step) in program.steps.enumerated().reversed() where program.hasBackward(step) {
      let output = program.places(of: step.output)
      let slot = (slotCounts[index] + 15) / 16 * 16
      let isFull = stage.slotCount > 0 && stage.slotCount + slot > Schedule.slotLimit
      let isAlone = batched.contains(index) || stage.steps.last.map(batched.contains) == true
      if isAlone || isFull || pending.contains(where: { $0.overlaps(output) }) {
        backward.append(stage)
        stage = Stage()
        pending = []
      }
      stage.slotStarts[index] = stage.slotCount
      stage.slotCount += slot
      stage.steps.append(index)
      pending += step.inputs.compactMap(\.norm).map { normed[$0] }
    }
    backward.append(stage)
    backward.removeAll(where: \.steps.isEmpty)
  }

  /// Floats of weight gradients that one stage may hold a slot of.
  private static let slotLimit = 1 << 20
}

extension Program {
  /// Whether a step takes part in the backward pass.
  func hasBackward(_ step: Step) -> Bool { storages[step.output].needsGradient }
}
