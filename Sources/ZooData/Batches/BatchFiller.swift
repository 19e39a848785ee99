import ZooCore
import ZooKernels

/// Fills batches with their samples, several at once; holds the memory that this takes.
public final class BatchFiller {
  /// Which batches there are.
  public let source: BatchSource
  private let team: Workers
  private let job: FillJob
  private let mixer: BatchMixer?
  private var cases: [Int] = []

  /// Takes memory, and starts a team that works on `threads` threads, the caller's among them.
  public init(_ source: BatchSource, threads: Int = 1) {
    self.source = source
    team = Workers(count: min(threads, source.batchSize))
    job = FillJob((0..<team.count).map { _ in SampleMaker(source) })
    mixer = source.augmentation.mixes ? BatchMixer(source, workers: team.count) : nil
  }

  /// Draws an epoch's cases.
  public func begin(epoch: Int) {
    cases = source.cases(epoch: epoch)
    job.begin(epoch: epoch, cases: cases)
  }

  /// Fills a batch with its part of the epoch, the same for any number of threads; allocates nothing.
  public func fill(_ batch: Batch, number: Int) {
    let first = number * source.batchSize
    batch.removeAll()
    for position in first..<min(first + source.batchSize, cases.count) {
      batch.append(cases[position], of: source.dataset)
    }
    job.first = first
    job.batch = batch
    // Nothing is thrown by `perform`.
    try? team.run(job, units: batch.count)
    mixer?.mix(batch, number: number, epoch: job.epoch, on: team)
  }
}

/// Makes a batch's samples, a unit each.
private final class FillJob: WorkerJob {
  private let makers: [SampleMaker]
  private(set) var epoch = 0
  /// How often each case of the epoch came before in it, by its position.
  private var visits: [Int] = []
  /// The position of the batch's first case in the epoch.
  var first = 0
  var batch: Batch?

  init(_ makers: [SampleMaker]) { self.makers = makers }

  func begin(epoch: Int, cases: [Int]) {
    self.epoch = epoch
    var counts: [Int: Int] = [:]
    visits = cases.map { index in
      defer { counts[index, default: 0] += 1 }
      return counts[index, default: 0]
    }
  }

  func perform(unit: Int, worker: Int) {
    guard let batch else { return }
    makers[worker].write(
      batch.caseIndex(unit), epoch: epoch, visit: visits[first + unit], to: batch.sample(unit))
  }
}
