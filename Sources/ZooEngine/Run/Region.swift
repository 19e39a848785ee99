/// Where a tensor lies: one part for each sample of the batch (training) or for each worker (inference).
struct Region {
  let base: UnsafeMutablePointer<Float>
  let sampleStride: Int
  let workerStride: Int

  func at(sample: Int, worker: Int) -> UnsafeMutablePointer<Float> {
    base + (sample * sampleStride + worker * workerStride)
  }

  func advanced(by floats: Int) -> Region {
    Region(base: base + floats, sampleStride: sampleStride, workerStride: workerStride)
  }
}
