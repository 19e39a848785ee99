public import ZooGraph

/// How a network's parameters lie in one flat buffer: which stretches learn, and which of them are regularised.
public struct ParameterLayout: Hashable, Sendable {
  /// Number of floats in the buffer.
  public let count: Int
  /// Stretches that learn, in order; neighbours of the same kind are one stretch.
  let segments: [Segment]

  /// A stretch of parameters that are treated alike.
  struct Segment: Hashable, Sendable {
    var range: Range<Int>
    let decays: Bool
  }

  /// The layout of parameters that follow each other without gaps; those that do not learn are left alone.
  public init(_ parameters: [Parameter]) {
    var segments: [Segment] = []
    var start = 0
    for parameter in parameters {
      let range = start..<start + parameter.count
      start = range.upperBound
      guard parameter.isTrainable, !range.isEmpty else { continue }
      if let last = segments.last, last.range.upperBound == range.lowerBound, last.decays == parameter.decays
      {
        segments[segments.count - 1].range = last.range.lowerBound..<range.upperBound
      } else {
        segments.append(Segment(range: range, decays: parameter.decays))
      }
    }
    self.segments = segments
    count = start
  }

  /// Calls `body` with (start, count, decays) for pieces that stay in the first cache from one pass to the next.
  @inline(__always)
  func forEachPiece(_ body: (_ start: Int, _ count: Int, _ decays: Bool) -> Void) {
    for segment in segments {
      var start = segment.range.lowerBound
      while start < segment.range.upperBound {
        let count = min(2048, segment.range.upperBound - start)
        body(start, count, segment.decays)
        start += count
      }
    }
  }
}
