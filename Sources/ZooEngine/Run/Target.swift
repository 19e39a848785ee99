internal import CKernels
import ZooVolume

/// The stored tensor a step writes, while it runs.
final class Target {
  let map: ChannelMap
  let voxels: Int
  /// Statistics of its buffer, where a batch norm reads this tensor.
  let statistics: Statistics?
  /// Places in the buffer.
  let places: Range<Int>
  private let values: Region
  private let gradient: Region?
  private let precision: Precision
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
    precision = storage.precision
  }

  /// The tensor for a kernel that writes it piece by piece; `conclude` must follow. `tallies` are the worker's own where
  /// several samples are not on their way together.
  func stream(_ turn: Turn, tallies: UnsafeMutablePointer<zoo_tally>? = nil) -> zoo_target {
    var stream = zoo_target()
    stream.values = values.at(turn)
    stream.voxels = Int64(voxels)
    stream.type = precision.code
    stream.activation = Int32(ZOO_IDENTITY)
    if statistics != nil, !turn.isBackward {
      let tallies = tallies ?? state.scratch[turn.worker].tallies
      tallies.update(repeating: zoo_tally(), count: map.blocks)
      stream.tallies = tallies
    }
    return stream
  }

  /// Takes over the statistics of what was written piece by piece.
  func conclude(_ turn: Turn, tallies: UnsafeMutablePointer<zoo_tally>? = nil) {
    guard let statistics, !turn.isBackward else { return }
    state.kernels.moments(
      tallies ?? state.scratch[turn.worker].tallies, Int64(map.blocks),
      statistics.moments + (turn.sample * statistics.stored + places.lowerBound))
  }

  /// Where a step computes the whole tensor in f32; `store` must follow.
  func output(_ turn: Turn) -> UnsafeMutablePointer<Float> {
    precision == .f32
      ? values.at(turn).assumingMemoryBound(to: Float.self) : state.scratch[turn.worker].output
  }

  /// Stores what was left in `output`, and its statistics.
  func store(_ turn: Turn) {
    guard precision != .f32 || statistics != nil else { return }
    let from = output(turn)
    var stream = stream(turn)
    for block in 0..<map.blocks {
      state.kernels.write(&stream, Int64(block), 0, Int64(voxels), from + block * voxels * 16)
    }
    conclude(turn)
  }

  /// What was stored, in f32; for operations whose gradient needs their result.
  func read(_ turn: Turn, into scratch: UnsafeMutablePointer<Float>) -> UnsafePointer<Float> {
    var stream = zoo_source()
    stream.x = UnsafeRawPointer(values.at(turn))
    return whole(&stream, into: scratch)
  }

  /// The complete gradient of a sample for a kernel that reads it piece by piece: what its readers have left, and the batch
  /// norms' affine part.
  func gradientStream(_ turn: Turn) -> zoo_source {
    var stream = zoo_source()
    stream.x = gradient.map { UnsafeRawPointer($0.at(turn)) }
    stream.voxels = Int64(voxels)
    stream.type = precision.code
    stream.activation = Int32(ZOO_IDENTITY)
    if let statistics {
      stream.z = UnsafeRawPointer(values.at(turn))
      stream.slope = UnsafePointer(statistics.slope + places.lowerBound)
      stream.shift = UnsafePointer(statistics.rest + places.lowerBound)
    }
    return stream
  }

  /// The complete gradient of a sample in f32: as stored, or computed into the worker's scratch.
  func finishedGradient(_ turn: Turn) -> UnsafePointer<Float> {
    var stream = gradientStream(turn)
    return whole(&stream, into: state.scratch[turn.worker].outputGradient)
  }

  private func whole(_ stream: inout zoo_source, into scratch: UnsafeMutablePointer<Float>)
    -> UnsafePointer<Float>
  {
    if precision == .f32, stream.z == nil, let x = stream.x { return x.assumingMemoryBound(to: Float.self) }
    stream.voxels = Int64(voxels)
    stream.type = precision.code
    for block in 0..<map.blocks {
      state.kernels.read(&stream, Int64(block), 0, Int64(voxels), scratch + block * voxels * 16)
    }
    return UnsafePointer(scratch)
  }
}
