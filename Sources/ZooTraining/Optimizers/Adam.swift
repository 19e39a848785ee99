public import ZooCore
public import ZooKernels

/// Adam (Kingma, Ba 2015) with PyTorch's defaults: β 0.9 and 0.999, ε 1e-8 (Keras has 1e-7).
public final class Adam: Optimizer {
  /// `adam`
  public static let type = "adam"
  /// One line for people.
  public static let summary = "Adam; options beta1, beta2, epsilon, l2"
  private let moments: AdamMoments

  /// Reads `beta1`, `beta2`, `epsilon` and `l2`; takes 8 bytes a parameter.
  public init(options: inout JSONObject, layout: ParameterLayout) throws {
    moments = try AdamMoments(options: &options, layout: layout)
  }

  /// `mean` and `mean_square` of the gradients
  public var state: OptimizerState { moments.state }

  /// One step; returns l2·Σw² before it.
  public func step(
    parameters: UnsafeMutableBufferPointer<Float>, gradients: UnsafeBufferPointer<Float>,
    learningRate: Double,
    on workers: Workers
  ) throws -> Double {
    try moments.step(
      parameters: parameters, gradients: gradients, learningRate: learningRate, weightDecay: 0,
      on: workers)
  }
}
