public import ZooGraph

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
}
