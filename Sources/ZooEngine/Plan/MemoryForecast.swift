/// The memory a network takes, in bytes, known before any of it is taken.
public struct MemoryForecast: Hashable, Sendable {
  /// Stored tensors and, in training, their gradients.
  public var tensors: Int
  /// Packed weights, statistics, slots of weight gradients, and the workers' scratch.
  public var working: Int
  /// Parameters and, in training, their gradients.
  public var parameters: Int

  /// All of it.
  public var total: Int { tensors + working + parameters }
}
