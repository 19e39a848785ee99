/// The cases that a report's subjects judged.
public struct ReportCases: Hashable, Sendable {
  /// Their names.
  public let names: [String]
  /// Their classes, 0 ..< classes.
  public let labels: [Int]
  /// How many classes there are, two at least.
  public let classes: Int

  /// Cases with their classes, as many names as labels.
  public init(names: [String], labels: [Int], classes: Int) {
    precondition(names.count == labels.count && classes >= 2, "a label a case")
    precondition(labels.allSatisfy { (0..<classes).contains($0) }, "classes are counted from 0")
    (self.names, self.labels, self.classes) = (names, labels, classes)
  }

  /// How many there are.
  public var count: Int { labels.count }
  /// How many there are of each class.
  public var counts: [Int] { (0..<classes).map { label in labels.count { $0 == label } } }
}
