public import ZooEngine
import ZooGraph
public import ZooKernels

/// An exponential moving average of a network's weights (Polyak, Juditsky 1992, with forgetting).
///
/// After step t, counted from 1, a ← a + (1 − d)·(w − a) with d = min(decay, (1 + t) / (10 + t)): the first steps, far from
/// where training ends, are forgotten soon. Values that do not learn, batch norms' running statistics among them, are
/// averaged alike.
public final class MovingAverage {
  /// The averages.
  public let weights: Weights
  /// How much of the average a step leaves, in the long run.
  public let decay: Double
  /// Steps taken so far.
  public private(set) var steps = 0
  private let sweep: ParameterSweep<FollowingPass>

  /// Starts with weights as they are; takes 4 bytes a value, and throws where there is no memory for them.
  public init(of weights: Weights, decay: Double) throws {
    self.weights = try Weights(copying: weights)
    self.decay = decay
    let all = Parameter(name: "all", shape: [weights.values.count], initializer: .constant(0))
    sweep = ParameterSweep(ParameterLayout([all]))
  }

  /// Takes in weights after a step; the same bits for any number of workers.
  public func follow(_ current: Weights, on workers: Workers) throws {
    guard let average = weights.values.baseAddress, let values = current.values.baseAddress else { return }
    steps += 1
    let share = Float(1 - min(decay, Double(1 + steps) / Double(10 + steps)))
    _ = try sweep.sum(on: workers, FollowingPass(average: average, values: values, share: share))
  }

  /// Goes back to averages after so many steps.
  public func restore(_ averages: Weights, steps: Int) {
    weights.copy(from: averages)
    self.steps = max(0, steps)
  }

  /// The averages and the weights change places; once more, and all is as before.
  public func exchange(with current: Weights) {
    for n in weights.values.indices {
      (weights.values[n], current.values[n]) = (current.values[n], weights.values[n])
    }
  }
}

/// a ← a + share·(w − a)
private struct FollowingPass: ParameterPass {
  let average: UnsafeMutablePointer<Float>
  let values: UnsafeMutablePointer<Float>
  let share: Float

  func callAsFunction(start: Int, count: Int, decays: Bool) -> Double {
    for n in start..<start + count { average[n] += share * (values[n] - average[n]) }
    return 0
  }
}
