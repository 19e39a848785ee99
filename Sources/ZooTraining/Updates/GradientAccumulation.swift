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
  private let adding: ParameterSweep<AddingPass>
  private let scaling: ParameterSweep<ScalingPass>
  private var weight = 0.0
  private var batches = 0

  /// Takes 4 bytes a parameter.
  public init(layout: ParameterLayout) throws {
    let bytes = layout.count * MemoryLayout<Float>.stride
    guard let arena = Arena(bytes: bytes) else {
      throw Problem(
        "not enough memory to accumulate gradients", expected: bytes.asMegabytes,
        next: "leave it out")
    }
    self.layout = layout
    self.arena = arena
    adding = ParameterSweep(layout)
    scaling = ParameterSweep(layout)
  }

  /// Adds a batch's gradients; `weight` is that of its targets.
  public func add(
    _ gradients: UnsafeMutableBufferPointer<Float>, weight: Double, on workers: Workers
  ) throws {
    precondition(gradients.count == layout.count, "gradients are as the layout says")
    guard let gradients = gradients.baseAddress else { return }
    let sums = arena.floats(at: 0)
    if batches == 0 {
      let pass = ScalingPass(from: gradients, to: sums, factor: Float(weight))
      _ = try scaling.sum(on: workers, pass)
    } else {
      _ = try adding.sum(on: workers, AddingPass(from: gradients, to: sums, factor: Float(weight)))
    }
    self.weight += weight
    batches += 1
  }

  /// Writes the mean of what was added to `gradients` and forgets it.
  public func finish(into gradients: UnsafeMutableBufferPointer<Float>, on workers: Workers) throws {
    precondition(gradients.count == layout.count, "gradients are as the layout says")
    guard let gradients = gradients.baseAddress else { return }
    // Targets that all weigh nothing have no gradient either.
    let factor = Float(weight > 0 ? 1 / weight : 0)
    _ = try scaling.sum(
      on: workers, ScalingPass(from: arena.floats(at: 0), to: gradients, factor: factor))
    weight = 0
    batches = 0
  }
}

/// to ← to + factor·from
private struct AddingPass: ParameterPass {
  let from: UnsafeMutablePointer<Float>
  let to: UnsafeMutablePointer<Float>
  let factor: Float

  func callAsFunction(start: Int, count: Int, decays: Bool) -> Double {
    for n in start..<start + count { to[n] += factor * from[n] }
    return 0
  }
}
