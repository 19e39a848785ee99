import ZooCore

/// Some epochs of a training, written `last:5` or `best:3`.
public struct EpochChoice: Hashable, Sendable, CustomStringConvertible {
  /// Which end they are taken from.
  public enum Kind: String, CaseIterable, Sendable {
    /// The latest.
    case last
    /// Those with the highest validation AUC, equal ones by loss.
    case best
  }

  /// Which end they are taken from.
  public let kind: Kind
  /// How many, one at least; fewer where the training has fewer. `last:1` is the last epoch, chosen by nothing.
  public let count: Int

  /// The last epoch, which no validation case has chosen.
  public static let last = EpochChoice(kind: .last, count: 1)

  private init(kind: Kind, count: Int) { (self.kind, self.count) = (kind, count) }

  /// Reads `last:N` or `best:N`; `place` is the option it was given by.
  public init(_ text: String, at place: String = "--average") throws {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), let count = Int(parts[1]),
      (1...100).contains(count)
    else {
      throw Problem(
        "wrong epochs", at: place, expected: "last:N or best:N with N from 1 to 100, as last:5",
        found: "\"\(text)\"")
    }
    self.kind = kind
    self.count = count
  }

  /// `last:5`
  public var description: String { "\(kind.rawValue):\(count)" }
}
