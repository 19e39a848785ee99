package import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

extension SampleView {
  /// Adds Gaussian noise, its standard deviation a share of each channel's range.
  package func addNoise(_ share: Double, from draws: inout RandomStream) {
    forEachImage { values in
      let range = Levels(of: values, in: self)
      let deviation = share * Double(range.most - range.least)
      for index in stride(from: 0, to: values.count, by: 2) {
        // Drawn for all voxels, so that what one gets does not depend on the mask.
        let (a, b) = draws.normalPair()
        if isOpen(values[index]) { values[index] += Float(deviation * a) }
        if index + 1 < values.count, isOpen(values[index + 1]) { values[index + 1] += Float(deviation * b) }
      }
    }
  }

  /// Raises the values, as shares of each channel's range, to a power.
  package func raise(to power: Double) {
    forEachImage { values in
      let levels = Levels(of: values, in: self)
      let range = levels.most - levels.least
      guard range > 0 else { return }
      for index in values.indices where isOpen(values[index]) {
        values[index] = levels.least + range * pow((values[index] - levels.least) / range, Float(power))
      }
    }
  }

  /// Multiplies the distances from each channel's mean, clipped to its range.
  package func spread(by factor: Double) {
    forEachImage { values in
      let levels = Levels(of: values, in: self)
      for index in values.indices where isOpen(values[index]) {
        let moved = levels.mean + Float(factor) * (values[index] - levels.mean)
        values[index] = min(max(moved, levels.least), levels.most)
      }
    }
  }

  /// Hides a box, ranges along D, H and W, in all channels.
  package func hide(_ d: Range<Int>, _ h: Range<Int>, _ w: Range<Int>) {
    for channel in 0..<channels {
      let value = channel < images ? hidden : 0
      for i in d {
        for j in h {
          let row = voxels + channel * voxelCount + (i * size[1] + j) * size[2]
          for k in w { row[k] = value }
        }
      }
    }
  }
}

/// The levels of a channel: its range over all voxels, and the mean of those that are not masked out.
private struct Levels {
  private(set) var least = Float.infinity
  private(set) var most = -Float.infinity
  let mean: Float

  init(of values: UnsafeMutableBufferPointer<Float>, in sample: SampleView) {
    var (sum, count) = (0.0, 0)
    for value in values {
      (least, most) = (min(least, value), max(most, value))
      if sample.isOpen(value) {
        sum += Double(value)
        count += 1
      }
    }
    mean = count > 0 ? Float(sum / Double(count)) : 0
  }
}
