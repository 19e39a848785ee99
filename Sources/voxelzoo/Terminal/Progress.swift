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
  private let start: ContinuousClock.Instant
  private let state: Mutex<State>

  /// Progress of something that takes a while: `writing`.
  init(_ label: String) {
    self.label = label
    isTerminal = Console.isTerminal
    start = .now
    state = Mutex(State(lastShown: start))
  }

  /// So many of so many are done; shown ten times a second on a terminal, every ten seconds elsewhere.
  func update(_ done: Int, of total: Int, loss: Double? = nil) {
    let now = ContinuousClock.now
    state.withLock { state in
      state.done = max(state.done, done)
      let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
      let isLast = isTerminal && state.done == total
      guard now - state.lastShown >= pause || isLast else { return }
      state.lastShown = now
      state.isOpen = isTerminal
      let seconds = (now - start) / .seconds(1)
      let rate = seconds > 0.5 ? Double(state.done) / seconds : nil
      let line = ProgressLine(
        label, done: state.done, of: total, rate: rate,
        secondsLeft: rate.map { Double(total - state.done) / max($0, 1e-9) }, loss: loss)
      if isTerminal {
        Console.overwrite(line.text(width: Console.width - 1))
      } else {
        Console.note(line.plain)
      }
    }
  }

  /// Clears the bar, so that other lines can follow.
  func finish() {
    state.withLock { state in
      guard state.isOpen else { return }
      state.isOpen = false
      Console.overwrite(String(repeating: " ", count: Console.width - 1) + "\r")
    }
  }
}
