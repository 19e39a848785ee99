import ZooEngine

/// What becomes of a batch's gradients: collected, clipped, turned into new weights by the optimizer, and these averaged.
final class WeightUpdate {
  private let optimizer: any Optimizer
  private let clipping: GradientClipping?
  private let accumulation: GradientAccumulation?
  /// The moving average of the weights, where there is one.
  let average: MovingAverage?

  init(
    _ optimizer: any Optimizer, of weights: Weights, layout: ParameterLayout, options: TrainingOptions
  ) throws {
    self.optimizer = optimizer
    clipping = options.update.clipNorm.map { GradientClipping(limit: $0, layout: layout) }
    accumulation = options.update.accumulate > 1 ? try GradientAccumulation(layout: layout) : nil
    average = try options.averaging.decay.map { try MovingAverage(of: weights, decay: $0) }
  }

  /// What the optimizer remembers.
  var optimizerState: OptimizerState { optimizer.state }

  /// Memory it takes besides the optimizer's.
  var bytes: Int {
    let values = MemoryLayout<Float>.stride
    return (accumulation?.layout.count ?? 0) * values + (average?.weights.values.count ?? 0) * values
  }

  /// Takes the gradients of a batch whose targets weigh `weight`; with the last one before a step, makes the step.
  ///
  /// Throws `Divergence` where the gradient is no finite number.
  func take(_ network: Network, weight: @autoclosure () -> Double, isStep: Bool, rate: Double) throws {
    if let accumulation {
      try accumulation.add(network.gradients, weight: weight(), on: network.team)
      guard isStep else { return }
      try accumulation.finish(into: network.gradients, on: network.team)
    }
    if let clipping, try !clipping.clip(network.gradients, on: network.team).isFinite { throw Divergence() }
    _ = try optimizer.step(
      parameters: network.weights.values, gradients: UnsafeBufferPointer(network.gradients),
      learningRate: rate, on: network.team)
    try average?.follow(network.weights, on: network.team)
    network.weightsChanged()
  }

  /// A loss or a gradient is no finite number any more.
  struct Divergence: Error {}
}
