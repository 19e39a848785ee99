/// The size of one sample's feature map: channels and three axes, as in (C, D, H, W). A vector is (C, 1, 1, 1).
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// C, the number of channels.
  public var channels: Int
  /// D, the first spatial axis.
  public var depth: Int
  /// H, the second spatial axis.
  public var height: Int
  /// W, the third and fastest spatial axis.
  public var width: Int

  /// A shape from its four sizes.
  public init(channels: Int, depth: Int = 1, height: Int = 1, width: Int = 1) {
    self.channels = channels
    self.depth = depth
    self.height = height
    self.width = width
  }

  /// A shape from its channels and [D, H, W].
  public init(channels: Int, axes: [Int]) {
    self.init(channels: channels, depth: axes[0], height: axes[1], width: axes[2])
  }

  /// [D, H, W]
  public var axes: [Int] { [depth, height, width] }

  /// D·H·W
  public var voxels: Int { depth * height * width }

  /// C·D·H·W
  public var count: Int { channels * voxels }

  /// Whether this is a vector: one voxel.
  public var isVector: Bool { voxels == 1 }

  /// `64×32×32×32`, or `64` for a vector.
  public var description: String {
    isVector ? "\(channels)" : "\(channels)×\(depth)×\(height)×\(width)"
  }
}
