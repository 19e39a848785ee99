import ZooCore
import ZooKernels

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The arithmetic that Adam and AdamW share: running means of the gradient and of its square (Kingma, Ba 2015).
///
/// As in PyTorch, epsilon is added to the corrected root: Δw = −lr·m̂ / (√v̂ + ε).
struct AdamMoments {
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let l2: Double
  let layout: ParameterLayout
  let sweep: ParameterSweep<AdamPass>
  let state: OptimizerState

  /// Reads `beta1`, `beta2`, `epsilon` and `l2`.
  init(options: inout JSONObject, layout: ParameterLayout) throws {
    beta1 = try options.number("beta1", in: 0...0.999_999, default: 0.9)
    beta2 = try options.number("beta2", in: 0...0.999_999, default: 0.999)
    epsilon = try options.number("epsilon", in: 1e-12...1, default: 1e-8)
    l2 = try options.number("l2", in: 0...1, default: 0)
    self.layout = layout
    sweep = ParameterSweep(layout)
    state = try OptimizerState(["mean", "mean_square"], count: layout.count)
  }

  /// One step; `weightDecay` is the decoupled kind: w ← w − lr·weightDecay·w before the step.
  func step(
    parameters: UnsafeMutableBufferPointer<Float>, gradients: UnsafeBufferPointer<Float>,
    learningRate: Double, weightDecay: Double, on workers: Workers
  ) throws -> Double {
    precondition(
      parameters.count == layout.count && gradients.count == layout.count, "buffers are as the layout says")
    guard let parameters = parameters.baseAddress, let gradients = gradients.baseAddress else { return 0 }
    state.steps += 1
    let pass = AdamPass(
      parameters: parameters, gradients: gradients, means: state[0], squares: state[1], l2: l2,
      size: Float(learningRate / (1 - pow(beta1, Double(state.steps)))),
      scale: Float(1 / (1 - pow(beta2, Double(state.steps))).squareRoot()),
      beta1: Float(beta1), rest1: Float(1 - beta1), beta2: Float(beta2), rest2: Float(1 - beta2),
      epsilon: Float(epsilon), shrink: Float(1 - learningRate * weightDecay))
    return try l2 * sweep.sum(on: workers, pass)
  }
}

/// A step of Adam over some parameters; gives Σw² of those that decay.
struct AdamPass: ParameterPass {
  let parameters: UnsafeMutablePointer<Float>
  let gradients: UnsafePointer<Float>
  let means: UnsafeMutablePointer<Float>
  let squares: UnsafeMutablePointer<Float>
  let l2: Double
  /// The rate, and the factor of the root, both with the correction for the first steps.
  let size, scale: Float
  let beta1, rest1, beta2, rest2, epsilon: Float
  /// What decoupled decay leaves.
  let shrink: Float

  func callAsFunction(start: Int, count: Int, decays: Bool) -> Double {
    let (w, g, m, v) = (parameters + start, gradients + start, means + start, squares + start)
    let penalty = decays && l2 > 0 ? sumOfSquares(w, count: count) : 0
    let (coupled, kept) = decays ? (Float(2 * l2), shrink) : (0, 1)
    for n in 0..<count {
      let gradient = g[n] + coupled * w[n]
      let mean = beta1 * m[n] + rest1 * gradient
      let square = beta2 * v[n] + rest2 * (gradient * gradient)
      m[n] = mean
      v[n] = square
      // A root that might be of a negative number may set errno, and then nothing of this loop is vectorised.
      w[n] = kept * w[n] - size * mean / (square.magnitude.squareRoot() * scale + epsilon)
    }
    return penalty
  }
}
