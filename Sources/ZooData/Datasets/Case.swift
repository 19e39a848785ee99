/// One row of a data set's table: an id, and what is known about it.
public struct Case: Hashable, Sendable {
  /// Its id, and the name of its file.
  public let name: String
  /// Its class, counted from 0; nil where it is held back.
  public let label: Int?
  /// Whose it is; nil where the table does not say.
  public let patient: String?
  /// The other columns, as text.
  public let columns: [String: String]

  /// A case.
  public init(name: String, label: Int? = nil, patient: String? = nil, columns: [String: String] = [:]) {
    self.name = name
    self.label = label
    self.patient = patient
    self.columns = columns
  }
}
