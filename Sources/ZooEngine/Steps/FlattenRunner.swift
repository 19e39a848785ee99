import ZooVolume

/// (C, D, H, W) as one vector in plain order.
final class FlattenRunner: StepRunner {
  override func forward(_ turn: Turn) {
    let source = inputs[0]
    let x = source.read(turn, into: state.scratch[turn.worker].input)
    let y = target.output(turn)
    y.update(repeating: 0, count: target.map.stored)
    _ = unblocked(x, source.map, into: y, voxels: source.voxels)
    target.store(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let source = inputs[0]
    guard source.learns else { return }
    let dy = target.finishedGradient(turn)
    let scratch = state.scratch[turn.worker].inputGradient
    blocked(dy, source.map, into: scratch, voxels: source.voxels)
    source.backward(scratch, turn)
  }
}
