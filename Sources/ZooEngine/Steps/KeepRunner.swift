internal import CKernels
import ZooVolume

/// Keeps a view: computes it once and stores it, at other places where the channel maps differ.
final class KeepRunner: StepRunner {
  override func forward(_ turn: Turn) {
    let y = target.output(turn)
    let source = inputs[0]
    if isSamePlaces {
      source.write(turn, to: y)
    } else {
      let scratch = state.scratch[turn.worker]
      let x = source.read(turn, into: scratch.input)
      let plain = source.isPlain ? x : unblocked(x, source.map, into: scratch.inputGradient)
      blocked(plain, target.map, into: y)
    }
    target.store(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let source = inputs[0]
    guard source.learns else { return }
    let dy = target.finishedGradient(turn)
    if isSamePlaces {
      passOn(dy, to: source, turn)
    } else {
      let scratch = state.scratch[turn.worker]
      let plain = unblocked(dy, target.map, into: scratch.input)
      blocked(plain, source.map, into: scratch.inputGradient)
      source.backward(scratch.inputGradient, turn)
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
