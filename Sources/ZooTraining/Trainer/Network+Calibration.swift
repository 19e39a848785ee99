import ZooData
import ZooEngine

extension Network {
  /// Takes the batch norms' statistics anew: the mean over a loader's batches as they are. The network is one for training.
  func calibrate(on loader: BatchLoader) throws {
    var count = 0
    try loader.forEachBatch(ofEpoch: 0) { batch in
      _ = input.update(fromContentsOf: batch.voxels)
      try forward(samples: batch.count)
      count += 1
      updateRunningStatistics(share: 1 / Float(count))
    }
  }
}
