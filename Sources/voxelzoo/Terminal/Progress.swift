import Synchronization
import ZooReport

/// How far a piece of work is: a bar on a terminal, now and then a plain line elsewhere. May be told from any thread.
final class Progress: Sendable {
  private struct State {
    var done = 0
    var lastShown: ContinuousClock.Instant
    var isOpen = false
  }

  private let label: String
  private let isTerminal: Bool
  private let isQuiet: Bool
  private let start: ContinuousClock.Instant
  private let state: Mutex<State>

  /// Progress of something that takes a while: `writing`. Where it is quiet, nothing is shown.
  init(_ label: String = "", isQuiet: Bool = false) {
    self.label = label
    self.isQuiet = isQuiet
    isTerminal = Console.isTerminal
    start = .now
    state = Mutex(State(lastShown: start))
  }

  /// So many of so many are done; calls may come out of order.
  func update(_ done: Int, of total: Int) {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    state.withLock { state in
      state.done = max(state.done, done)
      let rate = seconds > 0.5 ? Double(state.done) / seconds : nil
      let left = rate.map { Double(total - state.done) / max($0, 1e-9) }
      show(ProgressLine(label, done: state.done, of: total, rate: rate, secondsLeft: left), &state)
    }
  }

  /// Shows a line of one's own.
  func show(_ line: ProgressLine) { state.withLock { show(line, &$0) } }

  /// Clears the bar, so that other lines can follow.
  func clear() {
    state.withLock { state in
      guard state.isOpen else { return }
      state.isOpen = false
      Console.overwrite(String(repeating: " ", count: Console.width - 1) + "\r")
    }
  }

  /// Ten times a second on a terminal, every ten seconds elsewhere.
  private func show(_ line: ProgressLine, _ state: inout State) {
    let now = ContinuousClock.now
    guard !isQuiet, now - state.lastShown >= (isTerminal ? .milliseconds(100) : .seconds(10)) else { return }
    state.lastShown = now
    if isTerminal {
      Console.overwrite(line.text(width: Console.width - 1))
      state.isOpen = true
    } else {
      Console.note(line.plain)
    }
  }
}
