import ZooCore
import ZooData

extension Split {
  /// A split made by hand; no case is on both sides.
  public init(training: [Int], validation: [Int], pseudo: [Int] = [], leftOut: Int = 0) {
    precondition(Set(training).isDisjoint(with: validation), "a case teaches or judges")
    self.training = training.sorted()
    self.validation = validation.sorted()
    self.pseudo = pseudo
    self.leftOut = leftOut
  }

  /// Refuses a split with cases of one patient on both sides: what is learned of a patient is no news of the same one.
  func checkPatients(of dataset: Dataset) throws {
    let taught = Set(training.compactMap { dataset.cases[$0].patient })
    let both = validation.filter { dataset.cases[$0].patient.map(taught.contains) ?? false }
    guard let first = both.first else { return }
    throw Problem(
      "patient \"\(dataset.cases[first].patient ?? "")\" is in both parts", at: dataset.place,
      expected: "training and validation on different patients",
      found: "\(both.count) of \(validation.count) validation cases of patients to train on",
      next: "split anew: --fold or --validation-share")
  }
}
