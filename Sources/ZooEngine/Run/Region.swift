/// Where a tensor lies: one part for each sample of the batch (training) or for each worker (inference).
struct Region {
  let base: UnsafeMutableRawPointer
  /// The place in the backward pass: the same, unless the tensor is computed again for it.
  let again: UnsafeMutableRawPointer
  /// Bytes from one sample to the next.
  let sampleStride: Int
  /// Bytes from one worker's copy to the next.
  let copyStride: Int

  init(
    base: UnsafeMutableRawPointer, again: UnsafeMutableRawPointer? = nil, sampleStride: Int, copyStride: Int
  ) {
    self.base = base
    self.again = again ?? base
    self.sampleStride = sampleStride
    self.copyStride = copyStride
  }

  func at(_ turn: Turn) -> UnsafeMutableRawPointer {
    (turn.isBackward ? again : base) + (turn.sample * sampleStride + turn.copy * copyStride)
  }

  func advanced(by bytes: Int) -> Region {
    Region(base: base + bytes, again: again + bytes, sampleStride: sampleStride, copyStride: copyStride)
  }
}
