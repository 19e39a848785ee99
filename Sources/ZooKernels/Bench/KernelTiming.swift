/// What a kernel takes for one convolution on one thread.
public struct KernelTiming: Sendable {
  /// The kernel.
  public let kind: KernelKind
  /// What computes it, as plans name it.
  public let name: String
  /// Seconds of a sample forward.
  public let forward: Double
  /// Seconds of a sample backward: the gradients of the weights and, where it is wanted, of the input. Nil in inference.
  public let backward: Double?
  /// Seconds to pack the weights and to unpack their gradient, once a step.
  public let packing: Double

  /// Seconds of a sample where so many share a packing.
  public func seconds(batch: Int) -> Double { forward + (backward ?? 0) + packing / Double(batch) }
}
