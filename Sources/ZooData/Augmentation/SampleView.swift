import ZooVolume

/// A sample in the batch's memory, [C, D, H, W] floats, for steps that work on it in place.
public struct SampleView {
  /// C · D · H · W values.
  let voxels: UnsafeMutablePointer<Float>
  /// Channels without the mask.
  let images: Int
  /// All channels.
  let channels: Int
  /// [D, H, W]
  let size: [Int]
  /// D · H · W
  let voxelCount: Int
  /// Whether the mask is multiplied in: what is zero stays zero.
  let isMasked: Bool
  /// What a hidden voxel becomes.
  let hidden: Float
  /// Memory to work with, as much as `scratchCount` says.
  let scratch: UnsafeMutablePointer<Float>

  /// A sample of a format.
  package init(
    _ voxels: UnsafeMutablePointer<Float>, of format: SampleFormat, scratch: UnsafeMutablePointer<Float>
  ) {
    self.voxels = voxels
    self.scratch = scratch
    channels = format.channels
    images = format.channels - (format.maskChannel == nil ? 0 : 1)
    size = format.size
    voxelCount = format.size.reduce(1, *)
    isMasked = format.mask == .multiply
    hidden = isMasked ? 0 : format.padding
  }

  /// Floats of scratch memory that steps may need: two volumes and the weights of a filter.
  package static func scratchCount(of format: SampleFormat) -> Int {
    max(format.shape.count, 2 * format.size.reduce(1, *)) + filterCount
  }

  /// The images' channels, one by one.
  func forEachImage(_ body: (UnsafeMutableBufferPointer<Float>) -> Void) {
    for channel in 0..<images {
      body(UnsafeMutableBufferPointer(start: voxels + channel * voxelCount, count: voxelCount))
    }
  }

  /// Whether a voxel is to be changed.
  @inline(__always)
  func isOpen(_ value: Float) -> Bool { !isMasked || value != 0 }
}
