internal import CKernels

/// The sum of its inputs, all stored at the same places.
final class AddRunner: StepRunner {
  override var isShared: Bool { true }

  override func forward(_ turn: Turn) {
    let scratch = state.scratch[turn.worker]
    var stream = target.stream(turn)
    forEachRun(of: turn.share(of: target.map.blocks)) { block, first, count in
      inputs[0].read(turn, block: block, from: first, count: count, into: scratch.input)
      for source in inputs.dropFirst() {
        source.read(turn, block: block, from: first, count: count, into: scratch.inputGradient)
        state.kernels.add(scratch.inputGradient, scratch.input, Int64(count * 16))
      }
      state.kernels.write(&stream, Int64(block), Int64(first), Int64(count), scratch.input)
    }
    target.conclude(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    for source in inputs where source.learns { passOn(to: source, turn) }
  }
}
