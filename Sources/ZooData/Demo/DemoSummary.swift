public import ZooCore

/// What a synthetic data set holds.
public struct DemoSummary: Sendable, CustomStringConvertible {
  /// Cases in `train_val.csv`.
  public let train: Int
  /// Cases in `sampleSubmission.csv`.
  public let test: Int
  /// Cases with label 1.
  public let positive: Int
  /// Patients.
  public let patients: Int
  /// Wall time.
  public let seconds: Double

  /// A line for people.
  public var description: String {
    "\(train) synthetic nodules for training, \(test) for testing, \(positive) with label 1, of \(patients) patients"
  }

  /// The same for programs.
  public var json: JSONValue {
    [
      "train": .number(Double(train)), "test": .number(Double(test)), "positive": .number(Double(positive)),
      "patients": .number(Double(patients)), "seconds": .number(seconds),
    ]
  }
}
