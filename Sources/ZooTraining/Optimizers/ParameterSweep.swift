public import ZooKernels

/// Something that is done to every parameter that learns, a stretch at a time: a step's numbers, and where the buffers are.
public protocol ParameterPass {
  /// Does it for `count` parameters from `start` on, which decay or do not; what it gives is added up.
  func callAsFunction(start: Int, count: Int, decays: Bool) -> Double
}

/// Takes passes over all parameters that learn, shared out among workers.
///
/// Which stretches they do and in which order their values are added does not depend on the number of workers. Allocates nothing
/// but when it is made.
public final class ParameterSweep<Pass: ParameterPass> {
  /// The parameters.
  public let layout: ParameterLayout
  private let job: SweepJob<Pass>

  /// Takes 8 bytes for every 32,768 parameters.
  public init(_ layout: ParameterLayout) {
    self.layout = layout
    job = SweepJob(layout.pieces)
  }

  /// The sum of what `pass` gives for all that learns.
  ///
  /// It is called from several threads at once, for stretches that stay in the first cache from one use to the next.
  public func sum(on workers: Workers, _ pass: Pass) throws -> Double {
    job.pass = pass
    defer { job.pass = nil }
    try workers.run(job, units: layout.pieces.count)
    return job.sums.reduce(0, +)
  }
}

/// A unit goes through one piece.
private final class SweepJob<Pass: ParameterPass>: WorkerJob {
  private let pieces: [ParameterLayout.Piece]
  var pass: Pass?
  /// What each piece has given.
  let sums: UnsafeMutableBufferPointer<Double>

  init(_ pieces: [ParameterLayout.Piece]) {
    self.pieces = pieces
    sums = .allocate(capacity: pieces.count)
    sums.initialize(repeating: 0)
  }

  deinit { sums.deallocate() }

  func perform(unit: Int, worker: Int) {
    guard let pass else { return }
    let piece = pieces[unit]
    var sum = 0.0
    for start in stride(from: piece.range.lowerBound, to: piece.range.upperBound, by: 2048) {
      sum += pass(start: start, count: min(2048, piece.range.upperBound - start), decays: piece.decays)
    }
    sums[unit] = sum
  }
}
