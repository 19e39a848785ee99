/// A 3D image in memory: voxels in C order (D, H, W), as small as they came (uint8 stays uint8).
public struct Volume<Voxel: Sendable>: Sendable {
  /// [D, H, W]
  public let axes: [Int]
  /// D·H·W values, width fastest.
  public var voxels: [Voxel]

  /// A volume of given sizes and values; the count has to fit.
  public init(axes: [Int], voxels: [Voxel]) {
    precondition(axes.count == 3 && axes.reduce(1, *) == voxels.count, "a volume needs D·H·W values")
    self.axes = axes
    self.voxels = voxels
  }

  /// A volume of one value.
  public init(axes: [Int], filledWith value: Voxel) {
    self.init(axes: axes, voxels: Array(repeating: value, count: axes.reduce(1, *)))
  }

  /// The position of a voxel in `voxels`.
  public func index(_ depth: Int, _ height: Int, _ width: Int) -> Int {
    (depth * axes[1] + height) * axes[2] + width
  }
}

extension Volume: Equatable where Voxel: Equatable {}
extension Volume: Hashable where Voxel: Hashable {}
