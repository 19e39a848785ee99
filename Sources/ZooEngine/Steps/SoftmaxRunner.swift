internal import CKernels
import ZooVolume

/// Softmax over the channels of every voxel.
final class SoftmaxRunner: StepRunner {
  override func forward(_ turn: Turn) {
    let x = inputs[0].read(turn, into: state.scratch[turn.worker].input)
    let map = target.map
    map.places.withUnsafeBufferPointer {
      state.kernels.softmax(
        x, target.output(turn), Int64(map.channels), Int64(map.blocks),
        Int64(target.voxels),
        $0.baseAddress)
    }
    target.store(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    guard inputs[0].learns else { return }
    let dy = target.finishedGradient(turn)
    let map = target.map
    let scratch = state.scratch[turn.worker].inputGradient
    let y = target.read(turn, into: state.scratch[turn.worker].input)
    map.places.withUnsafeBufferPointer {
      state.kernels.softmax_backward(
        y, dy, scratch, Int64(map.channels), Int64(map.blocks),
        Int64(target.voxels), $0.baseAddress)
    }
    inputs[0].backward(scratch, turn)
  }
}
