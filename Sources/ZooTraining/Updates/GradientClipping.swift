public import ZooKernels

/// Shortens a gradient that is too long: by the norm over all parameters that learn, as PyTorch's `clip_grad_norm_`
/// (Pascanu, Mikolov, Bengio 2013).
///
/// The L2 penalty's share is added by the optimizer later and is not in it, as with PyTorch's `weight_decay`.
public struct GradientClipping: Sendable {
  /// The largest norm.
  public let limit: Double
  private let layout: ParameterLayout

  /// Clips the gradients of a layout to a norm above 0.
  public init(limit: Double, layout: ParameterLayout) {
    self.limit = limit
    self.layout = layout
  }

  /// Multiplies all gradients by limit / (norm + 1e-6) where that is below 1; the norm before that.
  ///
  /// Gradients whose norm is no finite number are left as they are. The same bits for any number of workers.
  public func clip(_ gradients: UnsafeMutableBufferPointer<Float>, on workers: Workers) throws -> Double {
    precondition(gradients.count == layout.count, "gradients are as the layout says")
    guard let gradients = gradients.baseAddress else { return 0 }
    let norm = try layout.sum(on: workers) { start, count, _ in
      sumOfSquares(gradients + start, count: count)
    }.squareRoot()
    let factor = Float(limit / (norm + 1e-6))
    guard norm.isFinite, factor < 1 else { return norm }
    _ = try layout.sum(on: workers) { start, count, _ in
      for n in start..<start + count { gradients[n] *= factor }
      return 0
    }
    return norm
  }
}
