/// A straight axis: what it shows, and where its ticks are.
struct Axis: Hashable, Sendable {
  /// What stands beside it.
  let label: String
  /// From its first to its last value.
  let domain: ClosedRange<Double>
  /// Where ticks are, rising, within the domain.
  let ticks: [Double]
  /// Decimals of the ticks' numbers.
  private let decimals: Int

  /// An axis from 0 to 1, a tick every fifth.
  static func share(_ label: String) -> Axis {
    Axis(label: label, domain: 0...1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], decimals: 1)
  }

  private init(label: String, domain: ClosedRange<Double>, ticks: [Double], decimals: Int) {
    self.label = label
    self.domain = domain
    self.ticks = ticks
    self.decimals = decimals
  }

  /// An axis that holds all values, from tick to tick, about so many of them: steps of 1, 2 or 5 times a power of ten.
  ///
  /// Values that are not finite are left out. `limits` are never passed; `whole` allows no fractions.
  init(
    _ label: String, covering values: [Double], about count: Int = 5,
    limits: ClosedRange<Double> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude, whole: Bool = false
  ) {
    let values = values.filter { $0.isFinite && abs($0) < 1e15 }
    let low = values.min() ?? 0
    let high = max(values.max() ?? 1, low)
    let width = high - low
    let raw = (width > 0 ? width : max(abs(low), 1) * 0.1) / Double(max(count - 1, 1))
    var step = Axis.niceStep(atLeast: raw)
    if whole { step = max(1, step) }
    var (first, last) = ((low / step).rounded(.down), (high / step).rounded(.up))
    if first == last { (first, last) = (first - 1, last + 1) }
    while first * step < limits.lowerBound - step * 1e-9, first < last { first += 1 }
    while last * step > limits.upperBound + step * 1e-9, last > first + 1 { last -= 1 }
    let from = first
    let ticks = (0...Int(last - first)).map { (from + Double($0)) * step }
    self.init(
      label: label, domain: min(low, ticks[0])...max(high, ticks[ticks.count - 1]), ticks: ticks,
      decimals: Axis.decimals(of: step))
  }

  /// The smallest of 1, 2, 5 · 10ⁿ that is not below a positive number.
  static func niceStep(atLeast raw: Double) -> Double {
    var power = 1.0
    while power > raw { power /= 10 }
    while power * 10 <= raw { power *= 10 }
    let step = [1.0, 2, 5, 10].first { $0 * power >= raw * (1 - 1e-9) } ?? 10
    return step * power
  }

  private static func decimals(of step: Double) -> Int {
    var (decimals, scaled) = (0, step)
    while decimals < 9, abs(scaled - scaled.rounded()) > 1e-6 * scaled {
      scaled *= 10
      decimals += 1
    }
    return decimals
  }

  /// A tick's number; on axes far from 1 in powers of ten: `1.2e12`.
  func text(of tick: Double) -> String {
    let largest = ticks.map { abs($0) }.max() ?? 0
    guard largest >= 1e6 || (0..<1e-3).contains(largest) else { return Format.fixed(tick, decimals) }
    guard tick != 0, ticks.count > 1 else { return Format.fixed(tick, 0) }
    let (own, step) = (Axis.exponent(of: abs(tick)), Axis.exponent(of: ticks[1] - ticks[0]))
    let mantissa = own < 0 ? tick * Axis.power(-own) : tick / Axis.power(own)
    return "\(Format.fixed(mantissa, max(0, own - step)))e\(own)"
  }

  /// The power of ten that is not above a positive number.
  private static func exponent(of value: Double) -> Int {
    var (exponent, rest) = (0, value * (1 + 1e-9))
    while rest < 1 { (exponent, rest) = (exponent - 1, rest * 10) }
    while rest >= 10 { (exponent, rest) = (exponent + 1, rest / 10) }
    return exponent
  }

  private static func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { power, _ in power * 10 } }

  /// Where a value lies, 0 at the start and 1 at the end.
  func share(of value: Double) -> Double {
    (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
  }
}
