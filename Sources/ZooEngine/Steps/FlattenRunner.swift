import ZooVolume

/// (C, D, H, W) as one vector in plain order.
final class FlattenRunner: StepRunner {
  override func forward(sample: Int, worker: Int) {
    let source = inputs[0]
    let x = source.read(sample: sample, worker: worker, into: state.scratch[worker].input)
    let y = target.at(sample: sample, worker: worker)
    y.update(repeating: 0, count: target.map.stored)
    _ = unblocked(x, source.map, into: y, voxels: source.voxels)
    target.measure(sample: sample, worker: worker)
  }

  override func backward(sample: Int, worker: Int, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let source = inputs[0]
    guard source.learns else { return }
    let dy = target.finishedGradient(sample: sample, worker: worker)
    let scratch = state.scratch[worker].inputGradient
    blocked(dy, source.map, into: scratch, voxels: source.voxels)
    source.backward(scratch, sample: sample, worker: worker)
  }
}
