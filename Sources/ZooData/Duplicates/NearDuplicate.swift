/// Two cases whose volumes are all but the same.
public struct NearDuplicate: Hashable, Sendable {
  /// The position of one.
  public let first: Int
  /// The position of the other.
  public let second: Int
  /// The correlation of their samples' voxels.
  public let correlation: Double
  /// The share of their volumes' local patterns that both have.
  public let overlap: Double
}
