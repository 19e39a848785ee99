public import ZooCore

/// One thing that is wrong, or odd, with a data set.
public struct DatasetFinding: Sendable, Hashable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// Training or testing fails or gives wrong figures.
    case error
    /// Worth a look.
    case warning
  }

  /// What is wrong; the raw value is its name for programs.
  public enum Kind: String, CaseIterable, Sendable {
    /// A part has no table, or one that cannot be read or lacks a column.
    case badTable = "bad_table"
    /// A name that cannot be a file's.
    case badName = "bad_name"
    /// A name stands in a table twice.
    case repeatedName = "repeated_name"
    /// A label is no class: not a whole number from 0 on.
    case badLabel = "bad_label"
    /// The labels hold fewer than two classes, or leave one out.
    case classes = "classes"
    /// A table names a case without file.
    case missingFile = "missing_file"
    /// A file no table names.
    case unlistedFile = "unlisted_file"
    /// A file that cannot be read, or lacks `voxel` or `seg`.
    case unreadable = "unreadable"
    /// An array that is no volume, or a mask of another shape than its volume.
    case badShape = "bad_shape"
    /// Numbers of an unusual type.
    case unusualType = "unusual_type"
    /// NaN or infinite voxels.
    case notFinite = "not_finite"
    /// A mask that marks nothing.
    case emptyMask = "empty_mask"
    /// Cases with the same content.
    case duplicate = "duplicate"
    /// Cases with the same content but different labels.
    case labelConflict = "label_conflict"
    /// A patient, or the same content, in both parts.
    case leak = "leak"
  }

  /// What is wrong.
  public let kind: Kind
  /// How bad it is.
  public let severity: Severity
  /// Where, what was expected, what was found.
  public let problem: Problem

  init(_ kind: Kind, _ severity: Severity, _ problem: Problem) {
    self.kind = kind
    self.severity = severity
    self.problem = problem
  }

  /// `error: ` or `warning: ` and the problem's line.
  public var description: String { "\(severity.rawValue): \(problem)" }
}
