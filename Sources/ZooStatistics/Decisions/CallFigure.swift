/// A figure of how often cases of each class are called each class, a row a class; counts need not be whole.
struct CallFigure: Sendable {
  /// What it can be.
  private let range: ClosedRange<Double>
  private let value: @Sendable (_ counts: [[Double]]) -> Double?

  /// The figure; nil where it is undefined.
  func callAsFunction(_ counts: [[Double]]) -> Double? { value(counts) }

  /// The figure of calls.
  func callAsFunction(_ matrix: ConfusionMatrix) -> Double? {
    value(matrix.counts.map { $0.map(Double.init) })
  }

  /// The F1 of class 1: the harmonic mean of precision and sensitivity; nil where no case is of it and none is called so.
  static let f1 = CallFigure(range: 0...1) { f1s($0)[1] }

  /// The mean of the classes' F1, over the classes that have cases or are called.
  static let macroF1 = CallFigure(range: 0...1) { counts in
    let values = f1s(counts).compactMap(\.self)
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// Matthews' correlation of calls and labels (Matthews 1975; for k classes Gorodkin 2004), −1 … 1.
  ///
  /// 0 where calls are always the same, which tell nothing of the label; nil where labels are.
  static let matthewsCorrelation = CallFigure(range: -1...1) { counts in
    let own = counts.map { $0.reduce(0, +) }
    let called = counts.indices.map { index in counts.reduce(0) { $0 + $1[index] } }
    let all = own.reduce(0, +)
    func products(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let (ofLabels, ofCalls) = (all * all - products(own, own), all * all - products(called, called))
    guard ofLabels > 0 else { return nil }
    guard ofCalls > 0 else { return 0 }
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    return (right * all - products(own, called)) / (ofLabels * ofCalls).squareRoot()
  }

  /// The 95 % interval where the cases of each class are all called alike, so that a bootstrap shows one value.
  ///
  /// For each class the figure with as many of its cases called otherwise as Wilson's interval allows, evenly any other
  /// class; the distances to either side, squared and added (Zou and Donner 2008).
  func openInterval(_ matrix: ConfusionMatrix) -> ClosedRange<Double>? {
    let counts = matrix.counts.map { $0.map(Double.init) }
    guard let estimate = value(counts) else { return nil }
    var (down, up) = (0.0, 0.0)
    for (index, row) in counts.enumerated() {
      let cases = row.reduce(0, +)
      guard let rate = Rate(Int(cases), of: Int(cases)) else { continue }
      let strayed = cases * (1 - rate.interval.lowerBound)
      var moved = counts
      moved[index] = row.map { $0 > 0 ? cases - strayed : strayed / Double(row.count - 1) }
      let distance = (value(moved) ?? estimate) - estimate
      if distance < 0 { down += distance * distance } else { up += distance * distance }
    }
    let lower = max(range.lowerBound, estimate - down.squareRoot())
    return lower...max(lower, min(range.upperBound, estimate + up.squareRoot()))
  }

  /// Each class's F1; nil where it has no cases and is never called.
  private static func f1s(_ counts: [[Double]]) -> [Double?] {
    counts.indices.map { index in
      let all = counts[index].reduce(0, +) + counts.reduce(0) { $0 + $1[index] }
      return all > 0 ? 2 * counts[index][index] / all : nil
    }
  }
}
