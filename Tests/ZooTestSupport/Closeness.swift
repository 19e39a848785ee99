public import Testing

/// Expects `|actual - expected| ≤ absolute + relative · |expected|` for every element; a NaN fails, so does a
/// different count. The message names the worst element.
public func expectClose<T: BinaryFloatingPoint>(
  _ actual: some Collection<T>, _ expected: some Collection<T>, absolute: Double = 0, relative: Double = 0,
  _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record(
      "\(what): \(actual.count) values, expected \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  var worst: (index: Int, excess: Double, actual: Double, expected: Double)?
  for (index, (a, e)) in zip(actual, expected).enumerated() {
    let (a, e) = (Double(a), Double(e))
    let excess = abs(a - e) - (absolute + relative * abs(e))
    if !(excess <= 0), worst.map({ !(excess <= $0.excess) }) ?? true { worst = (index, excess, a, e) }
  }
  if let worst {
    Issue.record(
      "\(what)[\(worst.index)] is \(worst.actual), expected \(worst.expected) (absolute \(absolute), relative \(relative))",
      sourceLocation: sourceLocation)
  }
}

/// Expects two numbers to be close.
public func expectClose<T: BinaryFloatingPoint>(
  _ actual: T, _ expected: T, absolute: Double = 0, relative: Double = 0, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    [actual], [expected], absolute: absolute, relative: relative, what, sourceLocation: sourceLocation)
}
