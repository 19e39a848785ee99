import ZooData
public import ZooVolume

/// A sample as the network sees it in training.
public struct TrainingSample: Sendable {
  /// The case's name.
  public let name: String
  /// (C, D, H, W)
  public let shape: Shape
  /// C·D·H·W voxels, cut, masked and augmented.
  public let voxels: [Float]
}

extension Trainer {
  /// The first samples of the first epoch; they are made beside the training, which they do not change.
  public func firstSamples(_ count: Int) throws -> [TrainingSample] {
    let source = training.source
    // A whole batch: steps of augmentation may mix its samples.
    let batch = try source.makeBatch()
    let filler = BatchFiller(source, threads: options.threads)
    filler.begin(epoch: 1)
    filler.fill(batch, number: 0)
    return (0..<min(count, batch.count)).map { sample in
      let first = sample * batch.shape.count
      return TrainingSample(
        name: dataset.cases[batch.caseIndex(sample)].name, shape: batch.shape,
        voxels: Array(batch.voxels[first..<first + batch.shape.count]))
    }
  }
}
