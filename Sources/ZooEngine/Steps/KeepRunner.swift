internal import CKernels
import ZooVolume

/// Keeps a view: computes it once and stores it, at other places where the channel maps differ.
final class KeepRunner: StepRunner {
  override func forward(sample: Int, worker: Int) {
    let y = target.at(sample: sample, worker: worker)
    let source = inputs[0]
    if isSamePlaces {
      source.write(sample: sample, worker: worker, to: y)
    } else {
      let scratch = state.scratch[worker]
      let x = source.read(sample: sample, worker: worker, into: scratch.input)
      let plain = source.isPlain ? x : unblocked(x, source.map, into: scratch.inputGradient)
      blocked(plain, target.map, into: y)
    }
    target.measure(sample: sample, worker: worker)
  }

  override func backward(sample: Int, worker: Int, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let source = inputs[0]
    guard source.learns else { return }
    let dy = target.finishedGradient(sample: sample, worker: worker)
    if isSamePlaces {
      passOn(dy, to: source, sample: sample, worker: worker)
    } else {
      let scratch = state.scratch[worker]
      let plain = unblocked(dy, target.map, into: scratch.input)
      blocked(plain, source.map, into: scratch.inputGradient)
      source.backward(scratch.inputGradient, sample: sample, worker: worker)
    }
  }

  private var isSamePlaces: Bool { !inputs[0].isPlain && inputs[0].map == target.map }
}

extension StepRunner {
  /// A tensor in blocks as plain [C][voxels].
  final func unblocked(
    _ x: UnsafePointer<Float>, _ map: ChannelMap, into plain: UnsafeMutablePointer<Float>, voxels: Int? = nil
  ) -> UnsafePointer<Float> {
    map.places.withUnsafeBufferPointer {
      state.kernels.to_plain(x, plain, Int64(map.channels), Int64(voxels ?? target.voxels), $0.baseAddress)
    }
    return UnsafePointer(plain)
  }

  /// A plain tensor in blocks.
  final func blocked(
    _ plain: UnsafePointer<Float>, _ map: ChannelMap, into x: UnsafeMutablePointer<Float>, voxels: Int? = nil
  ) {
    map.places.withUnsafeBufferPointer {
      state.kernels.to_blocks(
        plain, x, Int64(map.channels), Int64(map.blocks), Int64(voxels ?? target.voxels), $0.baseAddress)
    }
  }
}
