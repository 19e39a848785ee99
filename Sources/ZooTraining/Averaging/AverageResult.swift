/// How good the mean of the weights of several epochs is.
public struct AverageResult: Hashable, Sendable {
  /// The epochs, rising.
  public let epochs: [Int]
  /// The loss over the validation cases.
  public let validationLoss: Double
  /// The validation AUC; nil where a class is missing among the validation cases.
  public let validationAUC: Double?
}
