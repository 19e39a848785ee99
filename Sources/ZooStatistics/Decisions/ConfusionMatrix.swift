/// How often cases of each of k classes are called each class.
public struct ConfusionMatrix: Hashable, Sendable {
  /// A row for each true class, a column for each class they are called, k × k.
  public let counts: [[Int]]

  /// Counts calls; nil without cases, with fewer than two classes, counts that differ or a class outside 0 ..< classes.
  public init?(calls: [Int], labels: [Int], classes: Int) {
    guard classes >= 2, !labels.isEmpty, calls.count == labels.count,
      (calls + labels).allSatisfy({ (0..<classes).contains($0) })
    else { return nil }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (call, label) in zip(calls, labels) { counts[label][call] += 1 }
    self.counts = counts
  }

  /// Calls each case by its most probable class, of equals the first: a row of k probabilities a case, labels 0 ..< k.
  public init?(probabilities: [[Double]], labels: [Int]) {
    guard let classes = classCount(probabilities, labels) else { return nil }
    self.init(
      calls: probabilities.map { $0.firstIndex(of: $0.max() ?? 0) ?? 0 }, labels: labels, classes: classes)
  }

  /// Calls a case positive (class 1) from the threshold on.
  public init?(scores: [Double], labels: [Bool], threshold: Double) {
    guard !threshold.isNaN, !scores.contains(where: \.isNaN) else { return nil }
    self.init(calls: scores.map { $0 >= threshold ? 1 : 0 }, labels: labels.map { $0 ? 1 : 0 }, classes: 2)
  }

  /// The number of classes, k.
  public var classes: Int { counts.count }
  /// All cases.
  public var cases: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// The counts of one class, 0 ..< k, against all others; for two classes those of class 1 are the usual ones.
  public func oneVsRest(_ index: Int) -> DecisionCounts {
    let hit = counts[index][index]
    let own = counts[index].reduce(0, +)
    let called = counts.reduce(0) { $0 + $1[index] }
    return DecisionCounts(
      truePositives: hit, falsePositives: called - hit, trueNegatives: cases - own - called + hit,
      falseNegatives: own - hit)
  }

  /// The share of all cases called right.
  public var accuracy: Rate? { Rate(counts.indices.reduce(0) { $0 + counts[$1][$1] }, of: cases) }

  /// The mean of the classes' sensitivities, over the classes that have cases.
  public var balancedAccuracy: Double {
    sensitivities.reduce(0) { $0 + $1.value } / Double(sensitivities.count)
  }

  /// The sensitivities of the classes that have cases.
  public var sensitivities: [Rate] { counts.indices.compactMap { oneVsRest($0).sensitivity } }

  /// The mean of the classes' F1, over the classes that have cases or are called.
  public var macroF1: Double { F1(self)?.value ?? .nan }

  /// Matthews' correlation for k classes (Gorodkin 2004); 0 where calls are always the same, nil where labels are.
  public var matthewsCorrelation: Double? { MatthewsCorrelation.value(self) }

  /// Whether the cases of each class are all called alike.
  var isCertain: Bool { counts.allSatisfy { $0.count { $0 > 0 } <= 1 } }
}
