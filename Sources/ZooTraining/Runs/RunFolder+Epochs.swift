import ZooCore
import ZooFormats

/// A row of `epochs.csv`: how an epoch of a run went.
public struct RecordedEpoch: Hashable, Sendable {
  /// Counted from 1.
  public let epoch: Int
  /// The mean loss over the training cases.
  public let loss: Double
  /// The loss over the validation cases.
  public let validationLoss: Double
  /// Their AUC; nil where it is undefined.
  public let validationAUC: Double?
}

extension RunFolder {
  /// Reads the epochs that were trained.
  public func readEpochs() throws -> [RecordedEpoch] {
    let table = try CSVTable(reading: epochsPath)
    let (epochs, losses) = (try table.numbers("epoch"), try table.numbers("loss"))
    let validationLosses = try table.numbers("validation_loss")
    let aucs = try table.column("validation_auc")
    return try epochs.indices.map { row in
      guard let epoch = Int(exactly: epochs[row]), aucs[row].isEmpty || Double(aucs[row]) != nil else {
        throw Problem(
          "wrong epoch", at: table.place(ofRow: row), expected: "a whole number, and an AUC or none")
      }
      return RecordedEpoch(
        epoch: epoch, loss: losses[row], validationLoss: validationLosses[row],
        validationAUC: Double(aucs[row]))
    }
  }
}
