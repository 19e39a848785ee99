/// Numbers as people read them, the same under every locale.
///
/// What is not a number is shown as it is (`nan`, `inf`), so that a run gone wrong is seen.
public enum Format {
  /// What stands where there is no value.
  public static let none = "–"

  /// A number with so many decimals: `0.881`; never `-0.000`.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    let scale = powerOfTen(decimals)
    let scaled = (abs(value) * scale).rounded()
    // Beyond 2⁵³ a double has no decimals to show.
    guard scaled < 0x1p53 else { return "\(value)" }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return decimals > 0 ? "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))" : sign + padded
  }

  /// A share as it was given, with two decimals at least: `0.90`, `0.975`.
  public static func share(_ value: Double) -> String {
    let shortest = "\(value)"
    return fixed(value, 2).count > shortest.count ? fixed(value, 2) : shortest
  }

  /// A number with its sign: `+0.003`, `-0.028`, and `0.000` without.
  public static func signed(_ value: Double, _ decimals: Int) -> String {
    let text = fixed(value, decimals)
    return value > 0 && text != fixed(0, decimals) ? "+" + text : text
  }

  /// An interval: `0.827 – 0.914`.
  public static func interval(_ range: ClosedRange<Double>, _ decimals: Int) -> String {
    "\(fixed(range.lowerBound, decimals)) – \(fixed(range.upperBound, decimals))"
  }

  /// From the least to the greatest of some values; a dash where there are none.
  public static func range(of values: [Double], _ decimals: Int) -> String {
    guard let low = values.min(), let high = values.max() else { return none }
    return interval(low...high, decimals)
  }

  /// A count with thousands set apart: `401,194`.
  public static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// Rising numbers, runs of them drawn together: `3`, `4 – 6`, `1, 3 – 5`.
  public static func ranges(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) – \($0.upperBound)" }
      .joined(separator: ", ")
  }

  /// A size in bytes in three digits, decimal units: `512 B`, `26.3 MB`, `1.25 GB`.
  public static func bytes(_ value: Int) -> String {
    threeDigits(value, ["B", "kB", "MB", "GB", "TB", "PB"])
  }

  /// A count of operations in three digits: `4.89 G`, `401 k`, `12`.
  public static func operations(_ value: Int) -> String { threeDigits(value, ["", "k", "M", "G", "T", "P"]) }

  /// A time in its two largest units: `4.2 s`, `42 s`, `2 min 5 s`, `1 h 3 min`.
  public static func seconds(_ value: Double) -> String {
    guard value >= 0, value < 1e12 else { return "\(value) s" }
    if value < 9.95, value != value.rounded() { return "\(fixed(value, 1)) s" }
    let seconds = Int(value.rounded())
    if seconds < 3600 { return twoUnits(seconds, 60, "min", "s") }
    let minutes = Int((value / 60).rounded())
    if minutes < 24 * 60 { return twoUnits(minutes, 60, "h", "min") }
    return twoUnits(Int((value / 3600).rounded()), 24, "d", "h")
  }

  /// A p-value: `0.71`, `0.004`, `<0.001`; three decimals also where two would hide the side of 0.05.
  public static func pValue(_ p: Double) -> String {
    if p < 0.001 { return "<0.001" }
    return fixed(p, p < 0.01 || (0.045..<0.055).contains(p) ? 3 : 2)
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<max(0, exponent)).reduce(1) { power, _ in power * 10 }
  }

  private static func threeDigits(_ value: Int, _ units: [String]) -> String {
    var number = Double(value.magnitude)
    var unit = 0
    // 999.5 would round to 1000, which is 1.00 of the next unit.
    while number >= 999.5, unit + 1 < units.count {
      number /= 1000
      unit += 1
    }
    let decimals = unit == 0 || number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2
    let text = (value < 0 ? "-" : "") + fixed(number, decimals)
    return units[unit].isEmpty ? text : "\(text) \(units[unit])"
  }

  private static func twoUnits(_ value: Int, _ size: Int, _ large: String, _ small: String) -> String {
    let (whole, rest) = value.quotientAndRemainder(dividingBy: size)
    let parts = [whole > 0 ? "\(whole) \(large)" : nil, rest > 0 || whole == 0 ? "\(rest) \(small)" : nil]
    return parts.compactMap(\.self).joined(separator: " ")
  }
}
