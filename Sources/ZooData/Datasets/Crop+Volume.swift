import ZooCore
import ZooFormats

extension Crop {
  /// Cuts what a format asks for out of a volume, and says what is odd about it. Bytes stay bytes.
  ///
  /// A `Problem` for another number of channels, and for voxels in the box that are no finite numbers.
  static func cut(_ volume: Volume, format: SampleFormat) throws -> (crop: Crop, warning: Problem?) {
    let (voxels, box) = (volume.voxels, format.box)
    guard voxels.channels == format.volumeChannels else {
      throw Problem(
        "wrong number of channels", at: voxels.place,
        expected: "\(format.volumeChannels), as the network reads",
        found: "\(voxels.channels)")
    }
    let start = (0..<3).map { format.start(of: voxels.axes[$0], along: $0) }
    let bounds = (0..<3).map { max(0, start[$0])..<min(voxels.axes[$0], start[$0] + box[$0]) }
    let counts = bounds.map(\.count)
    // The box starts before the part that is read where it reaches over the volume's border.
    let offset = zip(start, bounds).map { $0 - $1.lowerBound }
    let mask = try volume.mask.map { try $0.inside(bounds) }
    let crop: Crop
    if voxels.array.type == .uint8 {
      crop = Crop(
        bytes: try voxels.part(bounds).bytes, axes: counts, mask: mask, format: format, start: offset)
    } else {
      crop = Crop(floats: try voxels.floats(bounds), axes: counts, mask: mask, format: format, start: offset)
    }
    return (crop, try volume.mask.flatMap { try warning(about: $0, format) })
  }

  /// What is odd about a mask: that it is empty, or empty in the sample.
  private static func warning(about mask: StoredVoxels, _ format: SampleFormat) throws -> Problem? {
    let core = SampleFormat(size: format.size)
    let bounds = (0..<3).map { axis in
      let start = core.start(of: mask.axes[axis], along: axis)
      return max(0, start)..<min(mask.axes[axis], start + format.size[axis])
    }
    if try mask.inside(bounds).contains(where: { $0 != 0 }) { return nil }
    guard try mask.inside(mask.axes.map { 0..<$0 }).contains(where: { $0 != 0 }) else {
      return Problem("the mask is empty", at: mask.place)
    }
    return Problem(
      "the mask lies outside the centre crop of \(NDArray.text(of: format.size))", at: mask.place)
  }
}
