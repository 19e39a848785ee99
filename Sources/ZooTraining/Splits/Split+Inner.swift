import ZooCore
import ZooData

extension Split {
  /// Holds back one of k folds of the cases to train on; those that this split validates on are in neither part, so that
  /// nothing that is decided by the inner parts has seen them.
  func inner(_ fold: Fold, of dataset: Dataset, seed: Seed) throws -> Split {
    let labels = try dataset.labels(of: training)
    let shares = Array(repeating: 1 / Double(fold.count), count: fold.count)
    let parts = PatientGroups(patients: training.map { dataset.cases[$0].patient }, labels: labels)
      .dealt(by: shares, seed: seed.child("inner"))
    let split = Split(
      training: training.indices.filter { parts[$0] != fold.index }.map { training[$0] },
      validation: training.indices.filter { parts[$0] == fold.index }.map { training[$0] })
    try split.requireAllClasses(of: dataset)
    return split
  }
}
