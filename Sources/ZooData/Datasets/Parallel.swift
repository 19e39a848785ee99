import Dispatch
import Synchronization

/// Independent pieces of work on a few threads.
package enum Parallel {
  private struct State<Result> {
    var next = 0
    var done = 0
    var results: [Result?]
    var failure: (index: Int, error: any Error)?
  }

  /// The results of `work` for every item, in order. After the first error no new item is begun, and the error of the
  /// earliest item that failed is thrown. `progress` hears how many are done, from any thread.
  package static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], threads: Int, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in },
    work: @Sendable (Item) throws -> Result
  ) throws -> [Result] {
    let state = Mutex(State<Result>(results: Array(repeating: nil, count: items.count)))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, items.count))) { _ in
      while let index = state.withLock({ state -> Int? in
        guard state.failure == nil, state.next < items.count else { return nil }
        defer { state.next += 1 }
        return state.next
      }) {
        do {
          let result = try work(items[index])
          let done = state.withLock { state in
            state.results[index] = result
            state.done += 1
            return state.done
          }
          progress(done, items.count)
        } catch {
          state.withLock { state in
            if index < state.failure?.index ?? .max { state.failure = (index, error) }
          }
        }
      }
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure.error }
      return state.results.compactMap(\.self)
    }
  }
}
