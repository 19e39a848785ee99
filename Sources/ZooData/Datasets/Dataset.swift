public import ZooCore

/// Cases and the crops of their volumes, in memory.
public struct Dataset: Sendable {
  /// Where it came from, for messages.
  public let place: String
  /// The cases, in their table's order.
  public let cases: [Case]
  /// What every sample looks like.
  public let format: SampleFormat
  /// Things that are odd but do no harm: empty masks.
  public let warnings: [Problem]
  let crops: [Crop]

  /// A data set of crops, one a case, all of one format.
  public init(
    place: String, cases: [Case], crops: [Crop], format: SampleFormat, warnings: [Problem] = []
  ) {
    precondition(cases.count == crops.count && crops.allSatisfy { $0.format == format }, "a crop a case")
    precondition(cases.allSatisfy { ($0.label ?? 0) >= 0 }, "classes are counted from 0")
    self.place = place
    self.cases = cases
    self.crops = crops
    self.format = format
    self.warnings = warnings
  }

  /// Writes a case's sample, [C, D, H, W] floats, to memory that holds `format.shape.count` of them; allocates nothing.
  public func write(_ index: Int, _ placement: Placement, to target: UnsafeMutablePointer<Float>) {
    crops[index].write(placement, to: target)
  }

  /// The labels of some cases, in their order; a `Problem` names the first case without one.
  public func labels(of indices: some Sequence<Int>) throws -> [Int] {
    try indices.map { index in
      guard let label = cases[index].label else {
        throw Problem("case \"\(cases[index].name)\" has no label", at: place)
      }
      return label
    }
  }

  /// Makes sure that an AUC can be taken over some cases: both classes have to be among them.
  public func requireTwoClasses(among indices: some Sequence<Int>) throws {
    let classes = Set(try labels(of: indices))
    guard classes.count >= 2 else {
      throw Problem(
        "AUC is undefined", at: place, expected: "cases of two classes",
        found: classes.first.map { "class \($0) only" } ?? "no cases", next: "add cases of another class")
    }
  }
}
