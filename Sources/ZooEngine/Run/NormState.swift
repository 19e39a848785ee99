/// A batch norm while it runs: its parameters turned into a scale and a shift for every place of the tensor it reads.
final class NormState {
  let statistics: Statistics
  /// Places the norm covers in the buffer of its tensor.
  let places: Range<Int>
  let scale: UnsafeMutablePointer<Float>
  let shift: UnsafeMutablePointer<Float>
  private let map: ChannelMap
  private let isFrozen: Bool
  private let epsilon: Float
  private let momentum: Float
  private let weight: ParameterSlice
  private let bias: ParameterSlice
  private let runningMean: ParameterSlice
  private let runningVariance: ParameterSlice

  init(
    _ norm: Program.Norm, map: ChannelMap, places: Range<Int>, statistics: Statistics,
    slices: [ParameterSlice],
    memory: inout Carver
  ) {
    self.map = map
    self.places = places
    self.statistics = statistics
    isFrozen = norm.isFrozen
    epsilon = norm.epsilon
    momentum = norm.momentum
    scale = memory.floats(map.stored)
    shift = memory.floats(map.stored)
    weight = slices[norm.parameters[0]]
    bias = slices[norm.parameters[1]]
    runningMean = slices[norm.parameters[2]]
    runningVariance = slices[norm.parameters[3]]
  }

  /// Means of the covered places, for the gradient's sums.
  var mean: UnsafeMutablePointer<Float> { statistics.mean + places.lowerBound }

  /// Scale and shift from the batch's statistics, or from the running ones where the norm is frozen.
  func foldBatch() {
    guard !isFrozen else { return foldRunning() }
    fold { (statistics.mean[places.lowerBound + $1], statistics.variance[places.lowerBound + $1]) }
  }

  /// Scale and shift from the running statistics.
  func foldRunning() { fold { channel, _ in (runningMean.values[channel], runningVariance.values[channel]) } }

  private func fold(_ moments: (_ channel: Int, _ place: Int) -> (mean: Float, variance: Float)) {
    for channel in 0..<map.channels {
      let place = Int(map.places[channel])
      let (mean, variance) = moments(channel, place)
      let factor = weight.values[channel] / (variance + epsilon).squareRoot()
      scale[place] = factor
      shift[place] = bias.values[channel] - mean * factor
    }
  }

  /// Moves the running statistics towards the batch's; the variance is the unbiased one, as in PyTorch. `share` is what
  /// the batch counts for, nil for 1 − momentum.
  func updateRunning(samples: Int, share: Float?) {
    guard !isFrozen else { return }
    let count = Float(samples * statistics.voxels)
    let unbiased = count > 1 ? count / (count - 1) : 1
    let share = share ?? (1 - momentum)
    for channel in 0..<map.channels {
      let place = places.lowerBound + Int(map.places[channel])
      runningMean.values[channel] += share * (statistics.mean[place] - runningMean.values[channel])
      runningVariance.values[channel] +=
        share * (statistics.variance[place] * unbiased - runningVariance.values[channel])
    }
  }

  /// Forgets the parameters' gradients before a new backward pass: every reader of the norm adds to them.
  func clearGradient() {
    weight.gradient.update(repeating: 0, count: weight.count)
    bias.gradient.update(repeating: 0, count: bias.count)
  }

  /// Takes in the sums of d and d·(x − mean) that one reader of the norm has left for each sample, [sample][2][stored].
  ///
  /// A frozen norm is the same for every batch: nothing goes back through its statistics.
  func takeGradient(sums: UnsafePointer<Double>, samples: Int) {
    guard !isFrozen else { return }
    let count = Double(samples * statistics.voxels)
    for channel in 0..<map.channels {
      let place = Int(map.places[channel])
      var (first, second) = (0.0, 0.0)
      for sample in 0..<samples {
        let own = sums + sample * 2 * map.stored
        first += own[place]
        second += own[map.stored + place]
      }
      let inverse = 1 / Double(statistics.variance[places.lowerBound + place] + epsilon).squareRoot()
      bias.gradient[channel] += Float(first)
      weight.gradient[channel] += Float(second * inverse)
      let factor = Double(weight.values[channel]) * inverse / count
      let slope = factor * inverse * inverse * second
      let mean = Double(statistics.mean[places.lowerBound + place])
      statistics.slope[places.lowerBound + place] -= Float(slope)
      statistics.rest[places.lowerBound + place] -= Float(factor * first - slope * mean)
    }
  }
}
