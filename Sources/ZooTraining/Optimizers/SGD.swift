public import ZooCore
public import ZooKernels

/// Stochastic gradient descent with momentum, Nesterov's by default, in PyTorch's form: u ← μ·u + g,
/// w ← w − lr·(g + μ·u), or w − lr·u without Nesterov.
public final class SGD: Optimizer {
  /// `sgd`
  public static let type = "sgd"
  /// One line for people.
  public static let summary = "gradient descent with momentum; options momentum, nesterov, l2"
  private let momentum: Double
  private let nesterov: Bool
  private let l2: Double
  private let layout: ParameterLayout
  private let sweep: ParameterSweep<SGDPass>
  /// `velocity`
  public let state: OptimizerState

  /// Reads `momentum` (0.9), `nesterov` (true) and `l2` (0); takes 4 bytes a parameter.
  public init(options: inout JSONObject, layout: ParameterLayout) throws {
    momentum = try options.number("momentum", in: 0...0.999_999, default: 0.9)
    nesterov = try options.bool("nesterov", default: true)
    l2 = try options.number("l2", in: 0...1, default: 0)
    self.layout = layout
    sweep = ParameterSweep(layout)
    state = try OptimizerState(["velocity"], count: layout.count)
  }

  /// One step; returns l2·Σw² before it.
  public func step(
    parameters: UnsafeMutableBufferPointer<Float>, gradients: UnsafeBufferPointer<Float>,
    learningRate: Double,
    on workers: Workers
  ) throws -> Double {
    precondition(
      parameters.count == layout.count && gradients.count == layout.count, "buffers are as the layout says")
    guard let parameters = parameters.baseAddress, let gradients = gradients.baseAddress else { return 0 }
    state.steps += 1
    let momentum = Float(momentum)
    let pass = SGDPass(
      parameters: parameters, gradients: gradients, velocities: state[0], l2: l2, rate: Float(learningRate),
      momentum: momentum, ofGradient: nesterov ? 1 : 0, ofVelocity: nesterov ? momentum : 1)
    return try l2 * sweep.sum(on: workers, pass)
  }
}

/// A step of SGD over some parameters; gives Σw² of those that decay.
private struct SGDPass: ParameterPass {
  let parameters: UnsafeMutablePointer<Float>
  let gradients: UnsafePointer<Float>
  let velocities: UnsafeMutablePointer<Float>
  let l2: Double
  let rate, momentum: Float
  /// Both rules in one: Δw = −rate·(ofGradient·g + ofVelocity·u).
  let ofGradient, ofVelocity: Float

  func callAsFunction(start: Int, count: Int, decays: Bool) -> Double {
    let (w, g, u) = (parameters + start, gradients + start, velocities + start)
    let penalty = decays && l2 > 0 ? sumOfSquares(w, count: count) : 0
    let coupled = decays ? Float(2 * l2) : 0
    for n in 0..<count {
      let gradient = g[n] + coupled * w[n]
      let velocity = momentum * u[n] + gradient
      u[n] = velocity
      w[n] -= rate * (ofGradient * gradient + ofVelocity * velocity)
    }
    return penalty
  }
}
