public import ZooCore
public import ZooData

/// Which cases teach and which judge. No patient is on both sides, and both have about the same mix of classes.
public struct Split: Hashable, Sendable {
  /// Positions of the cases to train on, rising.
  public let training: [Int]
  /// Positions of the cases to validate on, rising.
  public let validation: [Int]
  /// Positions of the cases with pseudo labels, from which is learnt too.
  public internal(set) var pseudo: [Int] = []
  /// How many cases with pseudo labels are left out, because their patient, or one of their name, is validated on.
  public internal(set) var leftOut = 0

  /// Holds back a share of the cases, a fifth as a rule.
  ///
  /// Whole patients are drawn by the seed (a case without patient is a group of its own). A `Problem` if a class
  /// would be missing on a side.
  public init(_ dataset: Dataset, validationShare share: Double = 0.2, seed: Seed) throws {
    guard share > 0, share < 1 else {
      throw Problem("wrong validation share", expected: "a number between 0 and 1", found: "\(share)")
    }
    try self.init(dataset, shares: [share, 1 - share], validation: 0, seed: seed)
  }

  /// Holds back one of k folds; the folds of one seed share no case and are all cases together.
  public init(_ dataset: Dataset, fold: Fold, seed: Seed) throws {
    let shares = Array(repeating: 1 / Double(fold.count), count: fold.count)
    try self.init(dataset, shares: shares, validation: fold.index, seed: seed)
  }

  /// The split that the data set comes with; nil where it has none. A `Problem` if a patient is on both sides, or a
  /// class missing on one.
  public init?(officialOf dataset: Dataset) throws {
    let cases = dataset.cases
    training = cases.indices.filter { cases[$0].role == .training }
    validation = cases.indices.filter { cases[$0].role == .validation }
    guard !training.isEmpty, !validation.isEmpty else { return nil }
    let learnt = Set(training.compactMap { cases[$0].patient })
    if let both = validation.compactMap({ cases[$0].patient }).first(where: learnt.contains) {
      throw Problem(
        "patient \"\(both)\" is on both sides of the data set's own split", at: dataset.place,
        expected: "every patient on one", next: "mend the table, or split by patient: --validation-share 0.2")
    }
    try requireAllClasses(of: dataset)
  }

  private init(_ dataset: Dataset, shares: [Double], validation part: Int, seed: Seed) throws {
    let labels = try dataset.labels(of: dataset.cases.indices)
    let parts = PatientGroups(patients: dataset.cases.map(\.patient), labels: labels)
      .dealt(by: shares, seed: seed.child("split"))
    training = parts.indices.filter { parts[$0] != part }
    validation = parts.indices.filter { parts[$0] == part }
    try requireAllClasses(of: dataset)
  }

  func requireAllClasses(of dataset: Dataset) throws {
    let labels = try dataset.labels(of: training + validation)
    for (side, indices) in [("training", training), ("validation", validation)] {
      let present = Set(try dataset.labels(of: indices))
      if let absent = Set(labels).subtracting(present).min() {
        throw Problem(
          "no case of class \(absent) is left for \(side)", at: dataset.place,
          expected: "patients of every class on both sides of the split",
          next: "add cases, use fewer folds, or try another seed")
      }
    }
  }
}
