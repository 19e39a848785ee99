public import ZooKernels

/// Shortens a gradient that is too long: by the norm over all parameters that learn, as PyTorch's `clip_grad_norm_`
/// (Pascanu, Mikolov, Bengio 2013).
///
/// The L2 penalty's share is added by the optimizer later and is not in it, as with PyTorch's `weight_decay`.
public final class GradientClipping {
  /// The largest norm.
  public let limit: Double
  private let layout: ParameterLayout
  private let squares: ParameterSweep<SquaresPass>
  private let scaling: ParameterSweep<ScalingPass>

  /// Clips the gradients of a layout to a norm above 0.
  public init(limit: Double, layout: ParameterLayout) {
    self.limit = limit
    self.layout = layout
    squares = ParameterSweep(layout)
    scaling = ParameterSweep(layout)
  }

  /// Multiplies all gradients by limit / (norm + 1e-6) where that is below 1; the norm before that.
  ///
  /// Gradients whose norm is no finite number are left as they are. The same bits for any number of workers.
  public func clip(_ gradients: UnsafeMutableBufferPointer<Float>, on workers: Workers) throws -> Double {
    precondition(gradients.count == layout.count, "gradients are as the layout says")
    guard let gradients = gradients.baseAddress else { return 0 }
    let norm = try squares.sum(on: workers, SquaresPass(values: gradients)).squareRoot()
    let factor = Float(limit / (norm + 1e-6))
    guard norm.isFinite, factor < 1 else { return norm }
    _ = try scaling.sum(on: workers, ScalingPass(from: gradients, to: gradients, factor: factor))
    return norm
  }
}

/// Σ x²
private struct SquaresPass: ParameterPass {
  let values: UnsafeMutablePointer<Float>

  func callAsFunction(start: Int, count: Int, decays: Bool) -> Double {
    sumOfSquares(values + start, count: count)
  }
}
