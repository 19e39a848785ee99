import ZooFormats
import ZooTraining
import ZooVolume

extension PNGImage {
  /// The centre slices of a sample's first channel across depth, height and width, side by side; grey runs from the least
  /// value to the greatest. A voxel has as many pixels as fit into about 96 a side.
  init(centreSlicesOf sample: TrainingSample) {
    let axes = Array(sample.shape.axes)
    let count = axes.reduce(1, *)
    let voxels = sample.voxels.prefix(count)
    let least = voxels.min() ?? 0
    let range = max((voxels.max() ?? 1) - least, .leastNormalMagnitude)
    let strides = [axes[1] * axes[2], axes[2], 1]
    let scale = max(1, 96 / (axes.max() ?? 1))
    // The axes along rows and columns of the slice across each axis.
    let planes = [(0, 1, 2), (1, 0, 2), (2, 0, 1)]
    self.init(
      width: min(65_535, planes.reduce(0) { $0 + scale * axes[$1.2] }),
      height: min(65_535, scale * (planes.map { axes[$0.1] }.max() ?? 1)))
    var left = 0
    for (across, rows, columns) in planes {
      let centre = axes[across] / 2 * strides[across]
      for y in 0..<min(height, scale * axes[rows]) {
        for x in 0..<min(width - left, scale * axes[columns]) {
          let value = voxels[centre + y / scale * strides[rows] + x / scale * strides[columns]]
          let grey = UInt8(min(max((value - least) / range, 0), 1) * 255)
          self[left + x, y] = (grey, grey, grey)
        }
      }
      left += scale * axes[columns]
    }
  }
}
