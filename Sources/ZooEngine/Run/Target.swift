internal import CKernels
import ZooVolume

/// The stored tensor a step writes, while it runs.
final class Target {
  let values: Region
  let gradient: Region?
  let map: ChannelMap
  let voxels: Int
  /// Statistics of its buffer, where a batch norm reads this tensor.
  let statistics: Statistics?
  /// Places in the buffer.
  let places: Range<Int>
  private let state: RunState

  init(
    storage: Storage, places: Range<Int>, values: Region, gradient: Region?, statistics: Statistics?,
    state: RunState
  ) {
    self.values = values
    self.gradient = gradient
    self.map = storage.map
    self.voxels = storage.shape.voxels
    self.places = places
    self.statistics = statistics
    self.state = state
  }

  /// Where a sample's values go.
  func at(sample: Int, worker: Int) -> UnsafeMutablePointer<Float> {
    values.at(sample: sample, worker: worker)
  }

  /// Takes the moments of what was just written, while it is in the cache.
  func measure(sample: Int, worker: Int) {
    guard let statistics else { return }
    let out = statistics.moments + (sample * statistics.stored + places.lowerBound)
    state.kernels.measure(values.at(sample: sample, worker: worker), Int64(map.blocks), Int64(voxels), out)
  }

  /// The complete gradient of a sample: as stored, or with the batch norms' affine part added into the worker's scratch.
  func finishedGradient(sample: Int, worker: Int) -> UnsafePointer<Float> {
    let scratch = state.scratch[worker].outputGradient
    guard let gradient else { return UnsafePointer(scratch) }
    let stored = gradient.at(sample: sample, worker: worker)
    guard let statistics else { return UnsafePointer(stored) }
    let place = places.lowerBound
    state.kernels.finish(
      stored, values.at(sample: sample, worker: worker), scratch, Int64(map.blocks), Int64(voxels),
      statistics.mean + place, statistics.c0 + place, statistics.c1 + place)
    return UnsafePointer(scratch)
  }
}
