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
  let state: OptimizerState

  /// Reads `beta1`, `beta2`, `epsilon` and `l2`.
  init(options: inout JSONObject, layout: ParameterLayout) throws {
    beta1 = try options.number("beta1", in: 0...0.999_999, default: 0.9)
    beta2 = try options.number("beta2", in: 0...0.999_999, default: 0.999)
    epsilon = try options.number("epsilon", in: 1e-12...1, default: 1e-8)
    l2 = try options.number("l2", in: 0...1, default: 0)
    self.layout = layout
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
    let size = Float(learningRate / (1 - pow(beta1, Double(state.steps))))
    let scale = Float(1 / (1 - pow(beta2, Double(state.steps))).squareRoot())
    let (b1, c1, b2, c2) = (Float(beta1), Float(1 - beta1), Float(beta2), Float(1 - beta2))
    let (eps, twiceL2) = (Float(epsilon), Float(2 * l2))
    let shrink = Float(1 - learningRate * weightDecay)
    let (means, squares) = (state[0], state[1])
    return try l2
      * layout.sum(on: workers) { start, count, decays in
        let (w, g, m, v) = (parameters + start, gradients + start, means + start, squares + start)
        let penalty = decays && l2 > 0 ? sumOfSquares(w, count: count) : 0
        let (coupled, kept) = decays ? (twiceL2, shrink) : (0, 1)
        for n in 0..<count {
          let gradient = g[n] + coupled * w[n]
          let mean = b1 * m[n] + c1 * gradient
          let square = b2 * v[n] + c2 * (gradient * gradient)
          m[n] = mean
          v[n] = square
          // A root that might be of a negative number may set errno, and then nothing of this loop is vectorised.
          w[n] = kept * w[n] - size * mean / (square.magnitude.squareRoot() * scale + eps)
        }
        return penalty
      }
  }
}
