import ZooCore
import ZooData

extension Split {
  /// Refuses a split with nearly the same volume on both sides: what is learned of it is no news there.
  func checkDuplicates(of dataset: Dataset) throws {
    let found = dataset.nearDuplicates(between: validation, and: training)
    guard let first = found.max(by: { $0.correlation < $1.correlation }) else { return }
    let correlation = (first.correlation * 1e4).rounded() / 1e4
    throw Problem(
      "nearly the same volume on both sides of the split", at: dataset.place,
      expected: "different cases to train and to validate on",
      found:
        "\(found.count) pair\(found.count == 1 ? "" : "s"), as \"\(dataset.cases[first.first].name)\" and "
        + "\"\(dataset.cases[first.second].name)\" (correlation \(correlation))",
      next: "give them one patient, remove one, or take them as they are: --allow-duplicates")
  }
}
