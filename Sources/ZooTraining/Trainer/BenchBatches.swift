import ZooCore
import ZooData

/// Augmented batches of random voxels, to time what making them takes.
final class BenchBatches {
  private let filler: BatchFiller
  private let loader: BatchLoader
  private let batch: Batch
  private var number = 0

  /// Takes memory for two batches of cases, their crops as wide as the augmentation asks for.
  init(
    _ augmentation: Augmentation, format: SampleFormat, batch: Int, classes: Int, threads: Int, steps: Int,
    seed: Seed
  ) throws {
    let axes = format.size.map { $0 + 2 * format.margin }
    let dataset = Dataset(
      place: "bench", cases: (0..<2 * batch).map { Case(name: "\($0)", label: $0 % 2) },
      crops: (0..<2 * batch).map { index in
        var draws = seed.child(index).stream()
        let count = axes.reduce(1, *)
        let voxels = (0..<format.volumeChannels * count).map { _ in UInt8(truncatingIfNeeded: draws.next()) }
        return Crop(bytes: voxels, axes: axes, mask: voxels.prefix(count).map { $0 & 1 }, format: format)
      }, format: format)
    let source = try BatchSource(
      dataset, indices: Array(dataset.cases.indices), batchSize: batch, classes: classes,
      augmentation: augmentation, order: .shuffled, steps: steps, seed: seed)
    filler = BatchFiller(source, threads: threads)
    filler.begin(epoch: 0)
    loader = try BatchLoader(source, threads: threads)
    self.batch = try source.makeBatch()
  }

  /// Makes one batch, and waits for it.
  func fill() {
    filler.fill(batch, number: number % filler.source.batchCount)
    number += 1
  }

  /// Hands on as many batches as there are steps, the next made while one is used.
  func handOut(_ body: (UnsafeMutableBufferPointer<Float>) throws -> Void) rethrows {
    try loader.forEachBatch(ofEpoch: 1) { try body($0.voxels) }
  }
}
