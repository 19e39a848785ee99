/// A data set with a file for each case, which can be read on all threads.
public protocol FileDataSource: DataSource {
  /// Decodes a case's volume.
  func volume(of item: Case, in part: DataPart, mask: Bool) throws -> Volume
}

extension FileDataSource {
  /// Decodes on all threads, a file a piece of work.
  public func volumes<Output: Sendable>(
    of cases: [Case], in part: DataPart, masks: Bool, threads: Int,
    progress: @Sendable (_ done: Int, _ all: Int) -> Void,
    work: @Sendable (_ index: Int, _ volume: Result<Volume, any Error>) throws -> Output
  ) throws -> [Output] {
    try Parallel.map(Array(cases.indices), threads: threads, progress: progress) { index in
      try work(index, Result { try volume(of: cases[index], in: part, mask: masks) })
    }
  }
}
