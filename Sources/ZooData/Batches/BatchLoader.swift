import Dispatch

/// Gives the batches of an epoch one by one; the next is made on threads of its own while the current one is used.
///
/// Two batches of memory are taken once. The batches are the same for any number of threads.
public final class BatchLoader {
  private let filler: BatchFiller
  private let batches: [Batch]
  private let queue: DispatchQueue?

  /// Takes memory for two batches, or for one where nothing is made ahead; `threads` make a batch's samples.
  public init(_ source: BatchSource, ahead: Bool = true, threads: Int = 1) throws {
    filler = BatchFiller(source, threads: threads)
    batches = try (0..<(ahead ? 2 : 1)).map { _ in try source.makeBatch() }
    queue = ahead ? DispatchQueue(label: "voxelzoo.batches") : nil
  }

  /// Which batches there are.
  public var source: BatchSource { filler.source }

  /// Calls `body` for every batch of an epoch from the `first` on, in order, on the calling thread. A batch belongs to `body` until it
  /// returns; an error of `body` ends the epoch. Nothing is allocated between two batches.
  public func forEachBatch(ofEpoch epoch: Int, from first: Int = 0, _ body: (Batch) throws -> Void) rethrows {
    filler.begin(epoch: epoch)
    guard let queue else {
      for number in first..<source.batchCount {
        filler.fill(batches[0], number: number)
        try body(batches[0])
      }
      return
    }
    let relay = Relay(batches, filler)
    queue.async {
      for number in first..<relay.filler.source.batchCount {
        guard let batch = relay.takeEmpty(number) else { return }
        relay.filler.fill(batch, number: number)
        relay.putFull()
      }
    }
    defer {
      relay.stop()
      queue.sync {}  // The thread is done with the batches before anybody else gets them.
    }
    for number in first..<source.batchCount {
      try body(relay.takeFull(number))
      relay.putEmpty()
    }
  }
}

/// Hands two batches to and fro between the thread that fills and the one that uses them.
///
/// Safe to share: the filler belongs to the thread that fills, a batch to the side that took it, and `stopped` is written
/// before the signal after which it is read.
private final class Relay: @unchecked Sendable {
  let filler: BatchFiller
  private let batches: [Batch]
  private let empty = DispatchSemaphore(value: 0)
  private let full = DispatchSemaphore(value: 0)
  private var stopped = false

  init(_ batches: [Batch], _ filler: BatchFiller) {
    self.filler = filler
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
