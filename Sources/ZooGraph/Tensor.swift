public import ZooVolume

/// A handle on one value that flows through a graph: its number there and its shape, one sample's (C, D, H, W).
public struct Tensor: Hashable, Sendable {
  /// The tensor's position in `Graph.tensors`.
  public let id: Int
  /// (C, D, H, W)
  public let shape: Shape
}
