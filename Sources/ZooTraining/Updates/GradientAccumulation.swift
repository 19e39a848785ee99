import ZooCore
public import ZooKernels
import ZooVolume

/// The mean of the gradients of several batches, as one batch of all their samples would have given it.
///
/// A loss is a mean weighted by its targets, so each batch's gradient counts by the weight of its targets. Batch norms see
/// the batches one by one: their statistics are those of the small batches.
public final class GradientAccumulation {
  /// The parameters.
  public let layout: ParameterLayout
  private let arena: Arena
  private var weight = 0.0
  private var batches = 0

  /// Takes 4 bytes a parameter.
  public init(layout: ParameterLayout) throws {
    let bytes = layout.count * MemoryLayout<Float>.stride
    guard let arena = Arena(bytes: bytes) else {
      throw Problem(
        "not enough memory to accumulate gradients", expected: "\(bytes >> 20) MiB", next: "leave it out")
    }
    self.layout = layout
    self.arena = arena
  }

  /// Adds a batch's gradients; `weight` is that of its targets.
  public func add(
    _ gradients: UnsafeMutableBufferPointer<Float>, weight: Double, on workers: Workers
  ) throws {
    precondition(gradients.count == layout.count, "gradients are as the layout says")
    guard let gradients = gradients.baseAddress else { return }
    let (sums, factor, isFirst) = (arena.floats(at: 0), Float(weight), batches == 0)
    _ = try layout.sum(on: workers) { start, count, _ in
      for n in start..<start + count { sums[n] = (isFirst ? 0 : sums[n]) + factor * gradients[n] }
      return 0
    }
    self.weight += weight
    batches += 1
  }

  /// Writes the mean of what was added to `gradients` and forgets it.
  public func finish(into gradients: UnsafeMutableBufferPointer<Float>, on workers: Workers) throws {
    precondition(gradients.count == layout.count, "gradients are as the layout says")
    guard let gradients = gradients.baseAddress else { return }
    // Targets that all weigh nothing have no gradient either.
    let (sums, factor) = (arena.floats(at: 0), Float(weight > 0 ? 1 / weight : 0))
    _ = try layout.sum(on: workers) { start, count, _ in
      for n in start..<start + count { gradients[n] = factor * sums[n] }
      return 0
    }
    weight = 0
    batches = 0
  }
}
