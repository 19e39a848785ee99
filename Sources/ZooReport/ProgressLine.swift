/// One line on how far a piece of work is; text only, the caller writes it.
///
///     epoch 3/40  ██████████░░░░░░░░░░  163 samples/s  4 s left  loss 0.4123 █▃▁  AUC 0.881 ▁▆█
public struct ProgressLine: Hashable, Sendable {
  /// What is being done: `epoch 3/40`.
  public var label: String
  /// Of what: `densenet fold2 (2 of 5)`. It stands in front where there is room.
  public var subject = ""
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
  /// The losses of the epochs before.
  public var losses: [Double] = []
  /// The validation AUCs of the epochs before.
  public var aucs: [Double] = []

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
  public var plain: String {
    text(subject.isEmpty ? [label, counts] : [subject, label, counts], history: 0)
  }

  /// The line with a bar in exactly so many columns: spaces fill it, so that it covers the line before it.
  ///
  /// The bar takes what is left, 30 columns at most. Where not even 8 are, the subject goes, the counts if there are
  /// epochs to look back on, and parts of these; then the bar, and the facts from the right.
  public func text(width: Int) -> String {
    let line = layouts.lazy.compactMap { barred($0, width: width) }.first ?? narrow(width: width)
    return line + String(repeating: " ", count: max(0, width - line.count))
  }

  /// What stands left and right of the bar, and how many epochs are shown; the richest first.
  private var layouts: [(left: [String], right: [String], history: Int)] {
    guard !losses.isEmpty else {
      return [([subject, label], [counts], 0), ([label], [counts], 0)]
    }
    return [
      ([subject, label], [counts], 8), ([subject, label], [], 8), ([label], [], 8), ([label], [], 4),
    ]
  }

  private func barred(_ layout: (left: [String], right: [String], history: Int), width: Int) -> String? {
    let left = layout.left.filter { !$0.isEmpty }
    let rest = text(left + layout.right, history: layout.history)
    let room = width - rest.count - 2
    guard room >= 8 else { return nil }
    return text(left + [bar(columns: min(room, 30))] + layout.right, history: layout.history)
  }

  private func narrow(width: Int) -> String {
    var parts = [label, counts] + facts(history: 0)
    while parts.count > 1, parts.joined(separator: "  ").count > width { parts.removeLast() }
    return String(parts.joined(separator: "  ").prefix(max(0, width)))
  }

  private func text(_ parts: [String], history: Int) -> String {
    (parts + facts(history: history)).joined(separator: "  ")
  }

  private var counts: String { "\(Format.count(done))/\(Format.count(total))" }

  private func facts(history: Int) -> [String] {
    func trend(_ values: [Double]) -> String {
      values.isEmpty || history == 0 ? "" : " " + Sparkline.text(values, width: history)
    }
    return [
      rate.map { "\(Format.fixed($0, $0 < 9.95 ? 1 : 0)) samples/s" },
      secondsLeft.map { "\(Format.seconds($0.rounded())) left" },
      loss.map { "loss \(Format.fixed($0, 4))" + trend(losses + [$0]) },
      aucs.last.map { "AUC \(Format.fixed($0, 3))" + trend(aucs) },
    ].compactMap(\.self)
  }

  private func bar(columns: Int) -> String {
    let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 0
    let full = Int(share * Double(columns))
    return String(repeating: "█", count: full) + String(repeating: "░", count: columns - full)
  }
}
