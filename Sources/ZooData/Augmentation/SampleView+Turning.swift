extension SampleView {
  /// Takes the sample from somewhere else, turned.
  func turn(_ source: UnsafePointer<Float>, by symmetry: CubeSymmetry, format: SampleFormat) {
    let walk = Walk(Placement(shift: (0, 0, 0), symmetry: symmetry), in: format)
    var target = voxels
    for channel in 0..<channels {
      for d in 0..<walk.counts.0 {
        for h in 0..<walk.counts.1 {
          let row = source + (channel * walk.channel + walk.start + d * walk.steps.0 + h * walk.steps.1)
          for w in 0..<walk.counts.2 { target[w] = row[w * walk.steps.2] }
          target += walk.counts.2
        }
      }
    }
  }

  /// Folds the axes of the sample: out[i] = in[max(i, n − 1 − i)] where the upper half is kept.
  func fold(_ geometry: Geometry) {
    for axis in 0..<3 {
      let fold = geometry.fold(along: axis)
      guard fold != .none else { continue }
      let n = size[axis]
      let stride = axis == 0 ? size[1] * size[2] : axis == 1 ? size[2] : 1
      // Lines along the axis start at every position of the other two.
      for outer in Swift.stride(from: 0, to: channels * voxelCount, by: n * stride) {
        for inner in outer..<outer + stride {
          for i in 0..<n / 2 {
            let (low, high) = (inner + i * stride, inner + (n - 1 - i) * stride)
            if fold == .upper { voxels[low] = voxels[high] } else { voxels[high] = voxels[low] }
          }
        }
      }
    }
  }
}
