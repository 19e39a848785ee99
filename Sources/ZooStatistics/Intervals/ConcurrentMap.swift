import Dispatch
import Synchronization

/// The results of `work` for 0 ..< count, in order, from a few threads that each take every n-th.
func concurrentMap<Result: Sendable>(
  _ count: Int, threads: Int, work: @Sendable (Int) -> Result
) -> [Result] {
  let threads = max(1, min(threads, count))
  let results = Mutex([Result?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: threads) { thread in
    let places = Array(stride(from: thread, to: count, by: threads))
    let values = places.map(work)
    results.withLock { for (place, value) in zip(places, values) { $0[place] = value } }
  }
  return results.withLock { $0.compactMap(\.self) }
}
