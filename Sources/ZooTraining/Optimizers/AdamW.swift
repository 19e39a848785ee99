public import ZooCore
public import ZooKernels

/// Adam with decoupled weight decay (Loshchilov, Hutter 2019): kernels shrink by lr·weight_decay a step, whatever
/// their gradients are. PyTorch's defaults; only parameters that decay are shrunk.
public final class AdamW: Optimizer {
  /// `adamw`
  public static let type = "adamw"
  /// One line for people.
  public static let summary =
    "Adam with decoupled weight decay; options weight_decay, beta1, beta2, epsilon, l2"
  private let moments: AdamMoments
  private let weightDecay: Double

  /// Reads `weight_decay` (0.01), `beta1`, `beta2`, `epsilon` and `l2`; takes 8 bytes a parameter.
  public init(options: inout JSONObject, layout: ParameterLayout) throws {
    weightDecay = try options.number("weight_decay", in: 0...1, default: 0.01)
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
      parameters: parameters, gradients: gradients, learningRate: learningRate, weightDecay: weightDecay,
      on: workers)
  }
}
