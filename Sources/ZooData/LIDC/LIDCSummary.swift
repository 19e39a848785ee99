public import ZooCore

/// What became of the database.
public struct LIDCSummary: Sendable, CustomStringConvertible {
  /// Scans with an annotation.
  public let scans: Int
  /// Patients with an annotation.
  public let patients: Int
  /// Annotations.
  public let annotations: Int
  /// Nodules the annotations group into.
  public let nodules: Int
  /// The rating labels come from.
  public let target: LIDCRating
  /// Labelled nodules that stand in `train_val.csv`.
  public let train: Int
  /// Labelled nodules that stand in `sampleSubmission.csv`.
  public let test: Int
  /// Labelled nodules with label 1.
  public let positive: Int
  /// Labelled nodules that reach beyond the grid and are cropped.
  public let cropped: Int
  /// Labelled nodules where no voxel is marked by half of the readers, so that `seg` is empty.
  public let withoutConsensus: Int
  /// Wall time.
  public let seconds: Double

  /// Nodules with a label: at least two readers, mean rating not 3.
  public var labelled: Int { train + test }

  /// Share of label 1 among the labelled.
  public var positiveShare: Double { labelled > 0 ? Double(positive) / Double(labelled) : 0 }

  /// A few lines for people.
  public var description: String {
    """
    \(annotations) annotations in \(scans) scans of \(patients) patients
    \(nodules) nodules, \(labelled) labelled by \(target.rawValue) (\(Int((positiveShare * 100).rounded())) % positive)
    \(train) for training, \(test) for testing; \(cropped) cropped to the grid, \(withoutConsensus) without consensus
    """
  }

  /// The same for programs.
  public var json: JSONValue {
    [
      "scans": .number(Double(scans)), "patients": .number(Double(patients)),
      "annotations": .number(Double(annotations)), "nodules": .number(Double(nodules)),
      "target": .string(target.rawValue), "labelled": .number(Double(labelled)),
      "positive": .number(Double(positive)), "positive_share": .number(positiveShare),
      "train": .number(Double(train)), "test": .number(Double(test)), "cropped": .number(Double(cropped)),
      "without_consensus": .number(Double(withoutConsensus)), "seconds": .number(seconds),
    ]
  }
}
