import Dispatch

/// Gives the batches of an epoch one by one; the next is made on a thread of its own while the current one is used.
///
/// Two batches of memory are taken once. The batches are the same with and without the thread.
public final class BatchLoader {
  /// Which batches there are.
  public let source: BatchSource
  private let batches: [Batch]
  private let queue: DispatchQueue?

  /// Takes memory for two batches, or for one where nothing is made ahead.
  public init(_ source: BatchSource, ahead: Bool = true) throws {
    self.source = source
    batches = try (0..<(ahead ? 2 : 1)).map { _ in try source.makeBatch() }
    queue = ahead ? DispatchQueue(label: "voxelzoo.batches") : nil
  }

  /// Calls `body` for every batch of an epoch, in order, on the calling thread. A batch belongs to `body` until it
  /// returns; an error of `body` ends the epoch. Nothing is allocated between two batches.
  public func forEachBatch(ofEpoch epoch: Int, _ body: (Batch) throws -> Void) rethrows {
    let cases = source.cases(epoch: epoch)
    guard let queue else {
      for number in 0..<source.batchCount {
        source.fill(batches[0], number: number, of: cases, epoch: epoch)
        try body(batches[0])
      }
      return
    }
    let relay = Relay(batches)
    let source = source
    queue.async {
      for number in 0..<source.batchCount {
        guard let batch = relay.takeEmpty(number) else { return }
        source.fill(batch, number: number, of: cases, epoch: epoch)
        relay.putFull()
      }
    }
    defer {
      relay.stop()
      queue.sync {}  // The thread is done with the batches before anybody else gets them.
    }
    for number in 0..<source.batchCount {
      try body(relay.takeFull(number))
      relay.putEmpty()
    }
  }
}

/// Hands two batches to and fro between the thread that fills and the one that uses them.
///
/// Safe to share: a batch is touched by the side that took it, and `stopped` is written before the signal after which
/// it is read.
private final class Relay: @unchecked Sendable {
  private let batches: [Batch]
  private let empty = DispatchSemaphore(value: 0)
  private let full = DispatchSemaphore(value: 0)
  private var stopped = false

  init(_ batches: [Batch]) {
    self.batches = batches
    // Signalled rather than created so: a semaphore may not end below the value it was created with.
    for _ in batches { empty.signal() }
  }

  func takeEmpty(_ number: Int) -> Batch? {
    empty.wait()
    return stopped ? nil : batches[number % batches.count]
  }

  func putFull() { full.signal() }

  func takeFull(_ number: Int) -> Batch {
    full.wait()
    return batches[number % batches.count]
  }

  func putEmpty() { empty.signal() }

  func stop() {
    stopped = true
    empty.signal()
  }
}
