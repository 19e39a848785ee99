import Dispatch
import Synchronization
public import ZooCore

/// How often a statement is true of simulated sets.
public struct Share: Sendable {
  /// The sets of which it is true.
  public private(set) var held = 0
  /// The sets of which it can be said.
  public private(set) var defined = 0
  /// All sets.
  public private(set) var sets = 0

  /// The share among those of which it can be said; nil where there are none.
  public var value: Double? { defined > 0 ? Double(held) / Double(defined) : nil }
  /// The share of the sets of which it cannot be said.
  public var absent: Double { Double(sets - defined) / Double(sets) }

  /// Makes sets from seeds of their own, and counts for each of several statements whether it is true; nil where it cannot be
  /// said.
  public static func all(
    sets: Int, seed: Seed, threads: Int, where statements: @Sendable (Seed) -> [Bool?]
  ) -> [Share] {
    let counts = Mutex([Share]())
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for set in stride(from: thread, to: sets, by: threads) {
        let answers = statements(seed.child(set))
        counts.withLock { shares in
          if shares.isEmpty { shares = answers.map { _ in Share() } }
          for (index, answer) in answers.enumerated() { shares[index].count(answer) }
        }
      }
    }
    return counts.withLock { $0 }
  }

  private mutating func count(_ answer: Bool?) {
    sets += 1
    guard let answer else { return }
    defined += 1
    held += answer ? 1 : 0
  }
}
