/// One row of a data set's table: an id, and what is known about it.
public struct Case: Hashable, Sendable {
  /// Its id, and the name of its file.
  public let name: String
  /// Its class, counted from 0; nil where it is held back.
  public let label: Int?
  /// Whose it is; nil where the table does not say.
  public let patient: String?
  /// What the data set itself has the case for, if it comes with a split of its own.
  public let role: Role?
  /// What models think of it, where that is to be learnt from.
  public private(set) var pseudo: PseudoLabel?
  /// The other columns, as text.
  public let columns: [String: String]

  /// The sides of a split that a data set comes with.
  public enum Role: String, Sendable {
    /// To learn from.
    case training
    /// To judge by.
    case validation
  }

  /// A case.
  public init(
    name: String, label: Int? = nil, patient: String? = nil, role: Role? = nil,
    columns: [String: String] = [:]
  ) {
    self.name = name
    self.label = label
    self.patient = patient
    self.role = role
    self.columns = columns
  }

  /// The same case with what models think of it instead of a label.
  public func labelled(by pseudo: PseudoLabel) -> Case {
    var one = Case(name: name, patient: patient, columns: columns)
    one.pseudo = pseudo
    return one
  }
}
