import ZooCore
import ZooFormats
import ZooVolume

extension Crop {
  /// Cuts what a format asks for out of a volume, and says what is odd about it. Bytes stay bytes unless they are brought to
  /// a spacing or a window.
  ///
  /// A `Problem` for another number of channels, a spacing that cannot be had, and a mask that is wanted and not there.
  static func cut(_ volume: Volume, format: SampleFormat) throws -> (crop: Crop, warning: Problem?) {
    let voxels = volume.voxels
    guard voxels.channels == format.volumeChannels else {
      throw Problem(
        "wrong number of channels", at: voxels.place,
        expected: "\(format.volumeChannels), as the network reads",
        found: "\(voxels.channels)")
    }
    guard volume.mask != nil || format.mask == .ignore else {
      throw Problem("there is no mask", at: voxels.place, next: "train with --mask ignore, or add the masks")
    }
    let (grid, axes, start) = try place(of: format, in: volume)
    let bounds = (0..<3).map { axis in
      let low = min(max(0, start[axis]), axes[axis] - 1)
      return low..<max(low + 1, min(axes[axis], start[axis] + format.box[axis]))
    }
    let (counts, offset) = (bounds.map(\.count), zip(start, bounds).map { $0 - $1.lowerBound })
    let mask = try volume.mask.map { try grid?.inside(of: $0, bounds) ?? $0.inside(bounds) }
    let crop: Crop
    if voxels.array.type == .uint8, voxels.scaling == nil, grid == nil, format.window == nil {
      crop = Crop(
        bytes: try voxels.part(bounds).bytes, axes: counts, mask: mask, format: format, start: offset)
    } else {
      let values = try grid?.values(of: voxels, bounds) ?? voxels.floats(bounds)
      crop = Crop(
        floats: values.map { format.seen($0) }, axes: counts, mask: mask, format: format, start: offset)
    }
    guard let mask, format.mask != .ignore else { return (crop, nil) }
    return (crop, try warning(about: volume, mask, counts, offset, format))
  }

  /// The grid that a format wants, if it is not the volume's own, its [D, H, W], and where the format's box starts on it.
  private static func place(
    of format: SampleFormat, in volume: Volume
  ) throws -> (grid: Resampling?, axes: [Int], start: [Int]) {
    let grid = try format.spacing.map { try resampling(volume.voxels, to: $0) }
    let axes = grid?.axes ?? volume.voxels.axes
    // The crop's middle is that of this box.
    let about = try volume.isCentredOnMask ? volume.mask.flatMap { try box(around: $0, grid) } : nil
    return (grid, axes, format.start(about: about ?? axes.map { 0..<$0 }))
  }

  /// From voxel (w, h, d) of a format's sample, without its margin, to millimetres right, anterior and superior; nil where the
  /// volume's file does not say where its voxels lie.
  static func affine(of format: SampleFormat, in volume: Volume) throws -> Affine? {
    guard let own = volume.voxels.affine else { return nil }
    let (grid, _, start) = try place(of: format, in: volume)
    let whole = grid.map { own.after($0.toVolume) } ?? own
    let first = start.map { Double($0 + format.margin) }
    return Affine(columns: whole.columns, origin: whole(SIMD3(first[2], first[1], first[0])))
  }

  private static func resampling(_ voxels: StoredVoxels, to spacing: [Double]) throws -> Resampling {
    guard let affine = voxels.affine else {
      throw Problem(
        "the file does not say how large a voxel is", at: voxels.place,
        expected:
          "NIfTI files, for the network reads voxels of \(spacing.map { "\($0)" }.joined(separator: "×")) mm")
    }
    guard let grid = Resampling(axes: voxels.axes, affine: affine, spacing: spacing) else {
      throw Problem(
        "cannot be brought to that spacing: too many voxels", at: voxels.place, next: "choose a larger one")
    }
    return grid
  }

  /// The smallest box around a mask, of the grid if there is one; nil for an empty mask.
  private static func box(around mask: StoredVoxels, _ grid: Resampling?) throws -> [Range<Int>]? {
    if let grid { return try grid.box(around: mask) }
    let inside = try mask.inside(mask.bounds)
    var (low, high) = (mask.axes, [-1, -1, -1])
    for index in inside.indices where inside[index] != 0 {
      let plane = mask.axes[1] * mask.axes[2]
      let position = [index / plane, index / mask.axes[2] % mask.axes[1], index % mask.axes[2]]
      for axis in 0..<3 {
        low[axis] = min(low[axis], position[axis])
        high[axis] = max(high[axis], position[axis])
      }
    }
    return high[0] < 0 ? nil : zip(low, high).map { $0..<$1 + 1 }
  }

  /// What is odd about a mask: that it is empty, or empty in the sample (the box without its margin).
  private static func warning(
    about volume: Volume, _ mask: [UInt8], _ counts: [Int], _ offset: [Int], _ format: SampleFormat
  ) throws -> Problem? {
    let core = (0..<3).map { axis in
      let low = max(0, offset[axis] + format.margin)
      return low..<max(low, min(counts[axis], offset[axis] + format.margin + format.size[axis]))
    }
    for d in core[0] {
      for h in core[1] {
        let row = (d * counts[1] + h) * counts[2]
        if mask[(row + core[2].lowerBound)..<(row + core[2].upperBound)].contains(where: { $0 != 0 }) {
          return nil
        }
      }
    }
    let (whole, _, place) = try volume.wholeMask()
    guard whole.contains(where: { $0 != 0 }) else { return Problem("the mask is empty", at: place) }
    return Problem("the mask lies outside the centre crop of \(NDArray.text(of: format.size))", at: place)
  }
}

extension SampleFormat {
  /// Where the box starts whose middle is that of another.
  func start(about box: [Range<Int>]) -> [Int] {
    (0..<3).map { box[$0].lowerBound + start(of: box[$0].count, along: $0) }
  }

  /// A voxel as the network sees it: through the window, 0 … 255, or as it is; padding for NaN, which lies outside.
  func seen(_ value: Float) -> Float {
    guard !value.isNaN else { return padding }
    guard let window else { return value }
    let share = (Double(value) - window.lowerBound) / (window.upperBound - window.lowerBound)
    return Float(min(max(share, 0), 1) * 255)
  }
}
