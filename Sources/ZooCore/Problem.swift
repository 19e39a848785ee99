/// Something a person can mend: what is wrong, where, what was expected, what was found, what to do next.
///
/// Every error that reaches a user is one of these, printed as one line.
public struct Problem: Error, Hashable, CustomStringConvertible, Sendable {
  /// What went wrong, in a few words.
  public let what: String
  /// The file, option or path of a value that is at fault.
  public let place: String?
  /// What would have been right.
  public let expected: String?
  /// What stands there.
  public let found: String?
  /// What to do about it.
  public let next: String?

  /// Describes a problem; leave out what does not apply.
  public init(
    _ what: String, at place: String? = nil, expected: String? = nil, found: String? = nil,
    next: String? = nil
  ) {
    self.what = what
    self.place = place
    self.expected = expected
    self.found = found
    self.next = next
  }

  /// One line: `place: what: expected …, found …; next`.
  public var description: String {
    var line = place.map { "\($0): " } ?? ""
    line += what
    let contrast = [expected.map { "expected \($0)" }, found.map { "found \($0)" }].compactMap(\.self)
    if !contrast.isEmpty { line += ": " + contrast.joined(separator: ", ") }
    if let next { line += "; \(next)" }
    return line
  }

  /// The same problem, said of a place further out: `outer: place`.
  public func inside(_ outer: String) -> Problem {
    Problem(
      what, at: place.map { "\(outer): \($0)" } ?? outer, expected: expected, found: found, next: next)
  }
}
