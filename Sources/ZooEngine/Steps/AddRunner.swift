internal import CKernels
import ZooVolume

/// The sum of its inputs, all stored at the same places.
final class AddRunner: StepRunner {
  /// Voxels at a time, so that runs of all inputs stay in the nearest cache.
  static let run = 128

  override var isShared: Bool { true }

  override func forward(_ turn: Turn) {
    let scratch = state.scratch[turn.worker]
    var stream = target.stream(turn)
    for block in turn.share(of: target.map.blocks) {
      for first in stride(from: 0, to: target.voxels, by: AddRunner.run) {
        let count = min(AddRunner.run, target.voxels - first)
        inputs[0].read(turn, block: block, from: first, count: count, into: scratch.input)
        for source in inputs.dropFirst() {
          source.read(turn, block: block, from: first, count: count, into: scratch.inputGradient)
          state.kernels.add(scratch.inputGradient, scratch.input, Int64(count * 16))
        }
        state.kernels.write(&stream, Int64(block), Int64(first), Int64(count), scratch.input)
      }
    }
    target.conclude(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let dy = target.finishedGradient(turn)
    for source in inputs where source.learns { passOn(dy, to: source, turn) }
  }
}
