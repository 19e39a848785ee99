extension Split {
  /// A split made by hand; no case is on both sides.
  public init(training: [Int], validation: [Int]) {
    precondition(Set(training).isDisjoint(with: validation), "a case teaches or judges")
    self.training = training.sorted()
    self.validation = validation.sorted()
  }
}
