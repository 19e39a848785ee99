/// A linear rise from almost nothing to the base rate, and then another schedule over the steps that remain.
///
/// With n warm-up steps the factors are 1/n, 2/n, …, 1, as PyTorch's `LinearLR(1/n, total_iters: n − 1)` before a
/// `SequentialLR` milestone at n.
public struct WarmUp: Sendable {
  /// Length of the rise in epochs, parts of one allowed; 0 is none.
  public let epochs: Double
  /// What follows.
  public let schedule: any Schedule

  /// A rise over a number of epochs, not negative, and what follows.
  public init(epochs: Double, then schedule: any Schedule) {
    self.epochs = epochs
    self.schedule = schedule
  }

  /// The factor for a step, counted from 0, of `total` steps.
  public func factor(at step: Int, of total: Int, stepsPerEpoch: Int) -> Double {
    let rise = Int((epochs * Double(stepsPerEpoch)).rounded())
    if step < rise { return Double(step + 1) / Double(rise) }
    return schedule.factor(at: step - rise, of: total - rise, stepsPerEpoch: stepsPerEpoch)
  }
}
