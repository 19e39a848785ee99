import ZooCore

/// One of k folds, written `i/k` with i from 1 to k: `2/5`.
public struct Fold: Hashable, Sendable, CustomStringConvertible {
  /// The fold's position, 0 ..< count.
  public let index: Int
  /// How many folds there are, two at least.
  public let count: Int

  /// Reads `i/k`; `place` is the option it was given by.
  public init(_ text: String, at place: String = "--fold") throws {
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let number = numbers[0], let count = numbers[1], (2...1000).contains(count),
      (1...count).contains(number)
    else {
      throw Problem(
        "wrong fold", at: place, expected: "i/k with i from 1 to k and k from 2 to 1000, as 1/5",
        found: "\"\(text)\"")
    }
    index = number - 1
    self.count = count
  }

  /// `i/k`
  public var description: String { "\(index + 1)/\(count)" }
}
