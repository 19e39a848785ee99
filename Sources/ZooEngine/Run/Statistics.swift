internal import CKernels

/// Batch statistics of a buffer's channels, and the part of their gradient that is affine in the value.
///
/// A channel's mean and variance are computed once, when the channel is produced, and serve every batch norm that reads it.
/// The gradient of a batch norm's input is scale·d at once, plus slope·x + rest: two numbers a channel, summed over all
/// batch norms that read it and applied when the channel's gradient is read.
final class Statistics {
  let mean: UnsafeMutablePointer<Float>
  let variance: UnsafeMutablePointer<Float>
  let slope: UnsafeMutablePointer<Float>
  let rest: UnsafeMutablePointer<Float>
  let stored: Int
  let voxels: Int
  /// [sample][place]
  let moments: UnsafeMutablePointer<zoo_moment>

  init(stored: Int, voxels: Int, batch: Int, memory: inout Carver) {
    self.stored = stored
    self.voxels = voxels
    mean = memory.floats(stored)
    variance = memory.floats(stored)
    slope = memory.floats(stored)
    rest = memory.floats(stored)
    moments = memory.take(batch * stored, of: zoo_moment.self)
  }

  /// Joins the samples' moments in their order (Chan, Golub, LeVeque 1983).
  func reduce(places: Range<Int>, samples: Int) {
    let voxels = Double(voxels)
    for place in places {
      var (mean, squares) = (0.0, 0.0)
      for sample in 0..<samples {
        let part = moments[sample * stored + place]
        let delta = part.mean - mean
        mean += delta / Double(sample + 1)
        squares += part.squares + delta * delta * voxels * Double(sample) / Double(sample + 1)
      }
      self.mean[place] = Float(mean)
      variance[place] = Float(squares / (Double(samples) * voxels))
    }
  }

  /// Forgets the gradient's affine part before a new backward pass.
  func clearCorrections() {
    slope.update(repeating: 0, count: stored)
    rest.update(repeating: 0, count: stored)
  }
}
