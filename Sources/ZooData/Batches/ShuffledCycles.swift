import ZooCore

/// Draws without end: every case of a list once, in a drawn order, then all of them again in another.
///
/// The draw at a position depends on the seed and the position alone.
struct ShuffledCycles: Sendable {
  /// What is drawn from, not empty.
  let cases: [Int]
  /// The root of the orders.
  let seed: Seed

  /// The draws at some positions, counted from 0.
  func draws(_ positions: Range<Int>) -> [Int] {
    var drawn: [Int] = []
    drawn.reserveCapacity(positions.count)
    var position = positions.lowerBound
    while position < positions.upperBound {
      let (cycle, start) = position.quotientAndRemainder(dividingBy: cases.count)
      let end = min(cases.count, start + positions.upperBound - position)
      var stream = seed.child(cycle).stream()
      drawn += stream.shuffled(cases)[start..<end]
      position += end - start
    }
    return drawn
  }
}
