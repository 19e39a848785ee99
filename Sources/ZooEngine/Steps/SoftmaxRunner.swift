internal import CKernels
import ZooVolume

/// Softmax over the channels of every voxel.
final class SoftmaxRunner: StepRunner {
  override func forward(sample: Int, worker: Int) {
    let x = inputs[0].read(sample: sample, worker: worker, into: state.scratch[worker].input)
    let map = target.map
    map.places.withUnsafeBufferPointer {
      state.kernels.softmax(
        x, target.at(sample: sample, worker: worker), Int64(map.channels), Int64(map.blocks),
        Int64(target.voxels),
        $0.baseAddress)
    }
    target.measure(sample: sample, worker: worker)
  }

  override func backward(sample: Int, worker: Int, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    guard inputs[0].learns else { return }
    let dy = target.finishedGradient(sample: sample, worker: worker)
    let map = target.map
    let scratch = state.scratch[worker].inputGradient
    map.places.withUnsafeBufferPointer {
      state.kernels.softmax_backward(
        target.at(sample: sample, worker: worker), dy, scratch, Int64(map.channels), Int64(map.blocks),
        Int64(target.voxels), $0.baseAddress)
    }
    inputs[0].backward(scratch, sample: sample, worker: worker)
  }
}
