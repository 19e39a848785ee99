import ZooCore
import ZooKernels

/// Mixes the samples of a batch with each other, in place and on several threads.
///
/// A unit is a plane of all samples: it is copied, then written anew, so that every sample is mixed with others as they
/// were.
final class BatchMixer: WorkerJob {
  private let augmentation: Augmentation
  private let seed: Seed
  private let size: [Int]
  private let channels: Int
  private let planes: [UnsafeMutablePointer<Float>]
  private var targets: [Float]
  private var partners: [Int]
  private var mixes: [Mix]
  private var batch: Batch?

  init(_ source: BatchSource, workers: Int) {
    let format = source.dataset.format
    augmentation = source.augmentation
    seed = source.seed
    (size, channels) = (format.size, format.channels)
    let count = source.batchSize * size[1] * size[2]
    planes = (0..<workers).map { _ in .allocate(capacity: count) }
    for plane in planes { plane.initialize(repeating: 0, count: count) }
    targets = Array(repeating: 0, count: source.batchSize * source.classes)
    partners = Array(0..<source.batchSize)
    mixes = Array(repeating: .none, count: source.batchSize)
  }

  deinit { for plane in planes { plane.deallocate() } }

  /// Mixes what the augmentation says, drawn from the seed, the epoch and the batch's number.
  func mix(_ batch: Batch, number: Int, epoch: Int, on team: Workers) {
    let root = seed.child("mixing").child(epoch).child(number)
    self.batch = batch
    for entry in augmentation.entries {
      guard case .mixing(let step) = entry.action else { continue }
      draw(step, entry, from: root)
      mixTargets(of: batch)
      // Nothing is thrown by `perform`.
      try? team.run(self, units: channels * size[0])
    }
  }

  /// Draws partners, a permutation of the batch, and what is taken of them.
  private func draw(_ step: any MixingStep, _ entry: Augmentation.Entry, from root: Seed) {
    guard let batch else { return }
    var draws = root.child("partners").child(entry.name).child(entry.repeats).stream()
    for sample in 0..<batch.count { partners[sample] = sample }
    for last in stride(from: batch.count - 1, to: 0, by: -1) {
      partners.swapAt(last, draws.index(below: last + 1))
    }
    switch step.scope {
    case .batch:
      let mix = drawn(step, entry, from: root)
      for sample in 0..<batch.count { mixes[sample] = mix }
    case .sample:
      for sample in 0..<batch.count { mixes[sample] = drawn(step, entry, from: root.child(sample)) }
    }
  }

  private func drawn(_ step: any MixingStep, _ entry: Augmentation.Entry, from root: Seed) -> Mix {
    guard var turn = entry.turn(from: root) else { return .none }
    return step.draw(from: &turn.draws, size: size)
  }

  private func mixTargets(of batch: Batch) {
    let classes = batch.classes
    for index in batch.targets.indices { targets[index] = batch.targets[index] }
    for index in batch.targets.indices {
      let sample = index / classes
      let other = targets[partners[sample] * classes + index % classes]
      let share = mixes[sample].share
      batch.targets[index] = Float(share * Double(targets[index]) + (1 - share) * Double(other))
    }
  }

  func perform(unit: Int, worker: Int) {
    guard let batch else { return }
    let (width, count) = (size[2], size[1] * size[2])
    let (kept, position) = (planes[worker], unit * size[1] * size[2])
    for sample in 0..<batch.count {
      (kept + sample * count).update(from: batch.sample(sample) + position, count: count)
    }
    for sample in 0..<batch.count {
      let (own, other) = (batch.sample(sample) + position, kept + partners[sample] * count)
      guard let box = mixes[sample].box else {
        let (share, rest) = (Float(mixes[sample].share), Float(1 - mixes[sample].share))
        if share == 1 { continue }
        for i in 0..<count { own[i] = share * own[i] + rest * other[i] }
        continue
      }
      guard box.0.contains(unit % size[0]) else { continue }
      for h in box.1 {
        for w in box.2 { own[h * width + w] = other[h * width + w] }
      }
    }
  }
}
