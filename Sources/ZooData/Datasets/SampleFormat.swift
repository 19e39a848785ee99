public import ZooVolume

/// What a network wants to see of a volume: the crop's size and the part that the mask plays.
public struct SampleFormat: Hashable, Sendable {
  /// The part that the mask plays.
  public enum Mask: String, CaseIterable, Sendable {
    /// Voxels outside the mask become zero: the method's sample.
    case multiply
    /// The mask is not read.
    case ignore
    /// The mask is a second channel, 255 inside and 0 outside.
    case channel
  }

  /// [D, H, W] of the crop, about the centre of the volume.
  public let size: [Int]
  /// The part that the mask plays.
  public let mask: Mask
  /// Channels a volume has, the mask not counted.
  public let volumeChannels: Int
  /// Voxels kept around the crop on each side, as far as augmentation may shift it.
  public let margin: Int
  /// The voxels' value where the crop reaches over the volume's border; a mask is 0 there.
  public let padding: Float
  /// [D, H, W] of a voxel in millimetres that volumes are brought to; nil for as they are.
  public let spacing: [Double]?
  /// Values that become 0 … 255, with what lies beyond held at the ends; nil for values as they are.
  public let window: ClosedRange<Double>?

  /// A format; sizes are at least one, the margin is not negative.
  public init(
    size: [Int], volumeChannels: Int = 1, mask: Mask = .multiply, margin: Int = 0, padding: Float = 0,
    spacing: [Double]? = nil, window: ClosedRange<Double>? = nil
  ) {
    precondition(size.count == 3 && size.allSatisfy { $0 > 0 } && margin >= 0, "three sizes and a margin")
    precondition(volumeChannels > 0, "a volume has a channel")
    self.size = size
    self.volumeChannels = volumeChannels
    self.mask = mask
    self.margin = margin
    self.padding = padding
    self.spacing = spacing
    self.window = window
  }

  /// C, the channels a sample has.
  public var channels: Int { volumeChannels + (mask == .channel ? 1 : 0) }

  /// (C, D, H, W) of a sample
  public var shape: Shape { Shape(channels: channels, axes: size) }

  /// [D, H, W] of what is kept of a volume: the crop and its margin.
  var box: [Int] { size.map { $0 + 2 * margin } }
}
