import ZooCore
import ZooFormats

/// Writes a data set in M3DV layout into a folder that is already there; safe to use from several threads.
struct M3DVWriter: Sendable {
  /// A case as the tables list it.
  struct Entry: Sendable {
    let name: String
    let label: Int
    let part: M3DVFolder.Part
    /// The values of the further columns.
    let columns: [String]
  }

  let folder: String

  /// Makes the folders of both parts.
  init(into folder: String) throws {
    self.folder = folder
    for part in M3DVFolder.Part.allCases { try Files.makeFolder("\(folder)/\(part.rawValue)") }
  }

  /// Writes a case's file, edge³ voxels each; deflated or stored.
  func write(
    _ name: String, in part: M3DVFolder.Part, edge: Int, voxel: [UInt8], seg: [Bool], compressed: Bool
  ) throws {
    let shape = [edge, edge, edge]
    try NPZFile.write(
      [("voxel", NDArray(shape: shape, uint8: voxel)), ("seg", NDArray(shape: shape, bool: seg))],
      to: "\(folder)/\(part.rawValue)/\(name).npz", compressed: compressed)
  }

  /// Writes `train_val.csv`, `sampleSubmission.csv` and `test_labels.csv`; the sample predicts one half for all.
  func writeTables(_ entries: [Entry], columns: [String]) throws {
    let labelled = ["name", "label"] + columns
    func rows(of part: M3DVFolder.Part) -> [[String]] {
      entries.filter { $0.part == part }.map { [$0.name, "\($0.label)"] + $0.columns }
    }
    try CSVTable.write(header: labelled, rows: rows(of: .train), to: "\(folder)/train_val.csv")
    try CSVTable.write(header: labelled, rows: rows(of: .test), to: "\(folder)/test_labels.csv")
    try CSVTable.write(
      header: ["name", "predicted"], rows: rows(of: .test).map { [$0[0], "0.5"] },
      to: "\(folder)/sampleSubmission.csv")
  }
}
