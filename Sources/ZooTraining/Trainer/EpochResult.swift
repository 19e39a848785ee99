/// What is known after an epoch.
public struct EpochResult: Hashable, Sendable {
  /// The epoch, counted from 1.
  public let epoch: Int
  /// Mean of the steps' losses, without the L2 penalty.
  public let loss: Double
  /// The same loss over the validation cases.
  public let validationLoss: Double
  /// The validation AUC; nil where a class is missing among the validation cases.
  public let validationAUC: Double?
  /// Its 95 % interval (DeLong); for two classes, with two cases of each.
  public let validationInterval: ClosedRange<Double>?
  /// The learning rate of the last step.
  public let learningRate: Double
  /// Wall time of training, calibration and validation.
  public let seconds: Double
  /// Whether it is the best so far.
  public let isBest: Bool

  /// Whether it is better than another epoch.
  func isBetter(than other: EpochResult) -> Bool {
    EpochResult.isBetter(
      auc: validationAUC, loss: validationLoss, than: (other.validationAUC, other.validationLoss))
  }

  /// Whether one epoch is better than another: by AUC, equal ones by loss; by loss alone where there is no AUC.
  static func isBetter(
    auc: Double?, loss: Double, than best: (auc: Double?, loss: Double)?
  ) -> Bool {
    guard let best else { return true }
    if let auc, let bestAUC = best.auc, auc != bestAUC { return auc > bestAUC }
    return loss < best.loss
  }
}
