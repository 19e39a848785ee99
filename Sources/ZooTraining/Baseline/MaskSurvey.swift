import ZooCore
public import ZooData

/// The masks of a data set, measured when first asked for and kept: several baselines need the same ones.
public final class MaskSurvey {
  /// The data set.
  public let data: any DataSource
  private let threads: Int
  private var parts: [DataPart: Result<[MaskMeasures], any Error>] = [:]

  /// A survey of nothing yet.
  public init(of data: any DataSource, threads: Int) {
    self.data = data
    self.threads = threads
  }

  /// The measures of all cases of a part, in the order of its table; a `Problem` where one has no mask.
  func measures(of part: DataPart) throws -> [MaskMeasures] {
    if let known = parts[part] { return try known.get() }
    let result = Result {
      try MaskMeasures.read(
        data.cases(of: part, classes: nil).cases, in: data, part: part, threads: threads)
    }
    parts[part] = result
    return try result.get()
  }
}
