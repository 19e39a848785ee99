/// How often what was said with a probability came true: the reliability curve and its calibration errors.
public struct ReliabilityCurve: Hashable, Sendable {
  /// How probabilities are put into bins.
  public enum Binning: String, Hashable, Sendable {
    /// Bins of the same width over 0 … 1.
    case equalWidth = "equal_width"
    /// Bins of about as many cases; equal probabilities stay together.
    case equalCount = "equal_count"
  }

  /// The cases of one bin, one at least.
  public struct Bin: Hashable, Sendable {
    /// The mean of the probabilities.
    public let probability: Double
    /// How often it came true.
    public let rate: Rate
  }

  /// The bins that have cases, probabilities rising.
  public let bins: [Bin]

  /// Takes the probability of the positive class and which cases are of it. For more than two classes see `TopLabel`.
  ///
  /// A probability on the edge of two bins is in the lower one, as in scikit-learn. Nil without cases or bins, where
  /// the counts differ or a probability is outside [0, 1].
  public init?(probabilities: [Double], labels: [Bool], bins count: Int = 10, binning: Binning = .equalWidth)
  {
    guard !labels.isEmpty, probabilities.count == labels.count, count > 0,
      probabilities.allSatisfy({ (0...1).contains($0) })
    else { return nil }
    let sorted = probabilities.sorted()
    let edges = (0...count).dropFirst().dropLast().map { index in
      switch binning {
      case .equalWidth: Double(index) / Double(count)
      case .equalCount: value(at: Double(index * (sorted.count - 1)) / Double(count), in: sorted)
      }
    }
    var sums = [Double](repeating: 0, count: count)
    var (hits, cases) = ([Int](repeating: 0, count: count), [Int](repeating: 0, count: count))
    for (probability, label) in zip(probabilities, labels) {
      let bin = edges.firstIndex { $0 >= probability } ?? count - 1
      sums[bin] += probability
      hits[bin] += label ? 1 : 0
      cases[bin] += 1
    }
    bins = (0..<count).compactMap { bin in
      Rate(hits[bin], of: cases[bin]).map { Bin(probability: sums[bin] / Double(cases[bin]), rate: $0) }
    }
  }

  /// The expected calibration error: the mean distance of what was said from what came true, bins weighted by cases.
  ///
  /// It is above 0 by chance even for a perfect classifier, the more the fewer cases a bin has: see `errorInterval`.
  public var expectedError: Double {
    let cases = bins.reduce(0) { $0 + $1.rate.cases }
    return bins.reduce(0) { $0 + Double($1.rate.cases) * abs($1.probability - $1.rate.value) } / Double(cases)
  }

  /// The largest of these distances.
  public var maximumError: Double { bins.map { abs($0.probability - $0.rate.value) }.max() ?? 0 }
}
