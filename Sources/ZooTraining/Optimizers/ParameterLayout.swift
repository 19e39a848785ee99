public import ZooGraph
public import ZooKernels

/// How a network's parameters lie in one flat buffer: which stretches learn, and which of them are regularised.
public struct ParameterLayout: Hashable, Sendable {
  /// Number of floats in the buffer.
  public let count: Int
  /// Stretches that learn, in order; neighbours of the same kind are one, as far as it does not grow too long for one worker.
  let pieces: [Piece]

  /// Parameters in a piece, at most: half a megabyte of Adam's.
  private static let longest = 1 << 15

  /// A stretch of parameters that are treated alike.
  struct Piece: Hashable, Sendable {
    var range: Range<Int>
    let decays: Bool
  }

  /// The layout of parameters that follow each other without gaps; those that do not learn are left alone.
  public init(_ parameters: [Parameter]) {
    var pieces: [Piece] = []
    var start = 0
    for parameter in parameters {
      let end = start + parameter.count
      defer { start = end }
      guard parameter.isTrainable else { continue }
      while start < end {
        var piece = Piece(range: start..<start, decays: parameter.decays)
        if let last = pieces.last, last.range.upperBound == start, last.decays == parameter.decays,
          last.range.count < ParameterLayout.longest
        {
          piece = pieces.removeLast()
        }
        start = min(end, piece.range.lowerBound + ParameterLayout.longest)
        piece.range = piece.range.lowerBound..<start
        pieces.append(piece)
      }
    }
    self.pieces = pieces
    count = start
  }

  /// The sum of what `body` gives for (start, count, decays) of all that learns, shared out among workers.
  ///
  /// `body` runs on several threads at once, for stretches that stay in the first cache from one pass to the next. Which they are
  /// and in which order their values are added does not depend on the number of workers.
  public func sum(
    on workers: Workers, _ body: (_ start: Int, _ count: Int, _ decays: Bool) -> Double
  ) throws -> Double {
    try withoutActuallyEscaping(body) { body in
      let job = SweepJob(pieces, body)
      // A worker may let go of the job a moment after the others.
      defer { job.body = nil }
      try workers.run(job, units: pieces.count)
      return job.sums.reduce(0, +)
    }
  }
}

/// A unit goes through one piece.
private final class SweepJob: WorkerJob {
  private let pieces: [ParameterLayout.Piece]
  var body: ((Int, Int, Bool) -> Double)?
  /// What each piece has given.
  let sums: UnsafeMutableBufferPointer<Double>

  init(_ pieces: [ParameterLayout.Piece], _ body: @escaping (Int, Int, Bool) -> Double) {
    self.pieces = pieces
    self.body = body
    sums = .allocate(capacity: pieces.count)
    sums.initialize(repeating: 0)
  }

  deinit { sums.deallocate() }

  func perform(unit: Int, worker: Int) {
    guard let body else { return }
    let piece = pieces[unit]
    var sum = 0.0
    for start in stride(from: piece.range.lowerBound, to: piece.range.upperBound, by: 2048) {
      sum += body(start, min(2048, piece.range.upperBound - start), piece.decays)
    }
    sums[unit] = sum
  }
}
