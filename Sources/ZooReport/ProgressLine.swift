/// One line on how far a piece of work is; text only, the caller writes it.
///
///     epoch 3/40  ██████████░░░░░░░░░░  640/1,257  163 samples/s  4 s left  loss 0.4123
public struct ProgressLine: Hashable, Sendable {
  /// What is being done: `epoch 3/40`.
  public var label: String
  /// How many samples are done.
  public var done: Int
  /// Of how many.
  public var total: Int
  /// Samples per second, once known.
  public var rate: Double?
  /// Seconds left, once known.
  public var secondsLeft: Double?
  /// The mean loss so far, once known.
  public var loss: Double?

  /// A line, as far as it is known.
  public init(
    _ label: String, done: Int, of total: Int, rate: Double? = nil, secondsLeft: Double? = nil,
    loss: Double? = nil
  ) {
    self.label = label
    self.done = done
    self.total = total
    self.rate = rate
    self.secondsLeft = secondsLeft
    self.loss = loss
  }

  /// The line without a bar, for a log.
  public var plain: String { ([label, counts] + facts).joined(separator: "  ") }

  /// The line with a bar in exactly so many columns: spaces fill it, so that it covers the line before it.
  ///
  /// The bar takes what is left, 30 columns at most; where not even 8 are, it goes, then the facts from the right.
  public func text(width: Int) -> String {
    let room = width - plain.count - 2
    var parts = [label, counts] + facts
    if room >= 8 { parts.insert(bar(columns: min(room, 30)), at: 1) }
    while parts.count > 1, parts.joined(separator: "  ").count > width { parts.removeLast() }
    let line = String(parts.joined(separator: "  ").prefix(max(0, width)))
    return line + String(repeating: " ", count: max(0, width - line.count))
  }

  private var counts: String { "\(Format.count(done))/\(Format.count(total))" }

  private var facts: [String] {
    [
      rate.map { "\(Format.fixed($0, $0 < 9.95 ? 1 : 0)) samples/s" },
      secondsLeft.map { "\(Format.seconds($0.rounded())) left" },
      loss.map { "loss \(Format.fixed($0, 4))" },
    ].compactMap(\.self)
  }

  private func bar(columns: Int) -> String {
    let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 0
    let full = Int(share * Double(columns))
    return String(repeating: "█", count: full) + String(repeating: "░", count: columns - full)
  }
}
