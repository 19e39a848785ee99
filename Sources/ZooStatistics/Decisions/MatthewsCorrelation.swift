/// Matthews' correlation of calls and labels (Matthews 1975; for k classes Gorodkin 2004), −1 … 1.
enum MatthewsCorrelation {
  /// Of how often cases of each class are called each class, a row a class; counts need not be whole.
  ///
  /// 0 where calls are always the same, which tell nothing of the label; nil where labels are.
  static func value(_ counts: [[Double]]) -> Double? {
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

  /// Of calls.
  static func value(_ matrix: ConfusionMatrix) -> Double? { value(matrix.counts.map { $0.map(Double.init) }) }

  /// The 95 % interval where the cases of each class are all called alike, so that a bootstrap shows one value.
  ///
  /// For each class the correlation with as many of its cases called otherwise as Wilson's interval allows, evenly any
  /// other class; the distances to either side, squared and added (Zou and Donner 2008).
  static func openInterval(_ matrix: ConfusionMatrix) -> ClosedRange<Double>? {
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
    let lower = max(-1, estimate - down.squareRoot())
    return lower...max(lower, min(1, estimate + up.squareRoot()))
  }
}
