internal import CKernels
import ZooVolume

/// Keeps a view: computes it once and stores it, at other places where the channel maps differ.
final class KeepRunner: StepRunner {
  override var isShared: Bool { isSamePlaces }

  override func forward(_ turn: Turn) {
    let source = inputs[0]
    let scratch = state.scratch[turn.worker]
    guard isSamePlaces else {
      let x = source.read(turn, into: scratch.input)
      let plain = source.isPlain ? x : unblocked(x, source.map, into: scratch.inputGradient)
      blocked(plain, target.map, into: target.output(turn))
      return target.store(turn)
    }
    var stream = target.stream(turn)
    forEachRun(of: turn.share(of: target.map.blocks)) { block, first, count in
      source.read(turn, block: block, from: first, count: count, into: scratch.input)
      state.kernels.write(&stream, Int64(block), Int64(first), Int64(count), scratch.input)
    }
    target.conclude(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let source = inputs[0]
    guard source.learns else { return }
    guard !isSamePlaces else { return passOn(to: source, turn) }
    let scratch = state.scratch[turn.worker]
    let plain = unblocked(target.finishedGradient(turn), target.map, into: scratch.input)
    blocked(plain, source.map, into: scratch.inputGradient)
    source.backward(scratch.inputGradient, turn)
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
