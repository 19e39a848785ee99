internal import CKernels

extension StepRunner {
  /// Voxels at a time, so that runs of all inputs stay in the nearest cache.
  static let run = 128

  /// Calls `body` for runs of the output's voxels, short enough to stay in the nearest cache: block, first voxel and count.
  final func forEachRun(of blocks: Range<Int>, _ body: (Int, Int, Int) -> Void) {
    for block in blocks {
      for first in stride(from: 0, to: target.voxels, by: StepRunner.run) {
        body(block, first, min(StepRunner.run, target.voxels - first))
      }
    }
  }

  /// Hands the output's gradient to an input at the same places; for operations that pass it on unchanged.
  final func passOn(to source: Source, _ turn: Turn) {
    var gradient = target.gradientStream(turn)
    // What is stored as it is needs no copy.
    let isFinished = gradient.z == nil && gradient.type == Int32(ZOO_F32.rawValue)
    guard !source.isMasked, !isFinished else {
      return passOn(target.finishedGradient(turn), to: source, turn)
    }
    let run = state.scratch[turn.worker].outputGradient
    var sink = source.sink(turn)
    forEachRun(of: 0..<target.map.blocks) { block, first, count in
      state.kernels.read(&gradient, Int64(block), Int64(first), Int64(count), run)
      state.kernels.take(&sink, Int64(block), Int64(first), Int64(count), run)
    }
  }
}
