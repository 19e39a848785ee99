import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The values a number may take in a search.
public enum SweepRange: Hashable, Sendable {
  /// Every power of ten as likely as the others, written `1e-4:1e-2`.
  case logarithmic(ClosedRange<Double>)
  /// One of these, all equally likely, written `0,1e-4,1e-3`.
  case choice([Double])

  /// Reads what a person types; `place` is the option it was given by.
  public init(_ text: String, at place: String) throws {
    let wrong = Problem(
      "wrong range", at: place, expected: "LOW:HIGH with 0 < LOW < HIGH, as 1e-4:1e-2, or values as 0,1e-3",
      found: "\"\(text)\"")
    func numbers(_ separator: Character) throws -> [Double] {
      try text.split(separator: separator, omittingEmptySubsequences: false).map { part in
        guard let number = Double(part), number.isFinite, number >= 0 else { throw wrong }
        return number
      }
    }
    if text.contains(":") {
      let ends = try numbers(":")
      guard ends.count == 2, ends[0] > 0, ends[0] < ends[1] else { throw wrong }
      self = .logarithmic(ends[0]...ends[1])
    } else {
      self = .choice(try numbers(","))
    }
  }

  /// A value, rounded to three digits where it lies between two ends, so that a table can say it whole.
  func draw(_ stream: inout RandomStream) -> Double {
    switch self {
    case .choice(let values): return values[stream.index(below: values.count)]
    case .logarithmic(let ends):
      let power = log10(ends.lowerBound) + stream.unit() * log10(ends.upperBound / ends.lowerBound)
      let exponent = Int(power.rounded(.down)) - 2
      let digits = Int(pow(10, power - Double(exponent)).rounded())
      let value = Double("\(digits)e\(exponent)") ?? pow(10, power)
      return min(max(value, ends.lowerBound), ends.upperBound)
    }
  }
}
