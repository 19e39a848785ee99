/// A band around a ROC curve: at every share of false alarms the 95 % interval of the sensitivity there.
///
/// The stratified bootstrap, vertically: cases are drawn anew within each class, and of the curves so made the 2.5th and
/// 97.5th percentiles are taken at each place, straight lines between a curve's points (R's pROC, `ci.se`). Each place is
/// right 95 times in 100, not all of them at once. Where all cases of a class stand alike, as under perfect
/// separation, nothing varies and the band is a line.
public struct ROCBand: Hashable, Sendable {
  /// Shares of false alarms (1 − specificity), from 0 to 1.
  public let falseAlarms: [Double]
  /// The sensitivity's lower end at each.
  public let lower: [Double]
  /// The sensitivity's upper end at each.
  public let upper: [Double]

  /// Nil where `ROCCurve` is, with fewer than two cases of a class, fewer than two places or 20 replicates.
  public init?(
    scores: [Double], labels: [Bool], places: Int = 101, replicates: Int = 2000, seed: UInt64
  ) {
    guard ROCCurve(scores: scores, labels: labels) != nil, places >= 2, replicates >= 20 else { return nil }
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    let ends = order.indices.map { $0 + 1 == order.count || scores[order[$0 + 1]] != scores[order[$0]] }
    let strata = [true, false].map { label in order.indices.filter { labels[order[$0]] == label } }
    guard strata.allSatisfy({ $0.count >= 2 }) else { return nil }
    let isPositive = order.map { labels[$0] }
    let grid = (0..<places).map { Double($0) / Double(places - 1) }
    var curves = [[Double]](repeating: [], count: places)
    for replicate in 0..<replicates {
      var random = SplitMix64(seed: seed, replicate: replicate)
      var times = [Int](repeating: 0, count: order.count)
      for stratum in strata {
        for _ in stratum { times[stratum[random.index(below: stratum.count)]] += 1 }
      }
      let drawn = ROCBand.sensitivities(
        at: grid, times: times, isPositive: isPositive, ends: ends, strata.map { Double($0.count) })
      for (place, value) in drawn.enumerated() { curves[place].append(value) }
    }
    let sorted = curves.map { $0.sorted() }
    falseAlarms = grid
    lower = sorted.map { value(at: 0.025 * Double(replicates - 1), in: $0) }
    upper = sorted.map { value(at: 0.975 * Double(replicates - 1), in: $0) }
  }

  /// The curve of cases that come several times, in the order of falling scores, at places along its axis.
  private static func sensitivities(
    at grid: [Double], times: [Int], isPositive: [Bool], ends: [Bool], _ counts: [Double]
  ) -> [Double] {
    var result: [Double] = []
    var (hits, alarms) = (0, 0)
    var (x, y) = (0.0, 0.0)
    for index in times.indices {
      if isPositive[index] { hits += times[index] } else { alarms += times[index] }
      guard ends[index] else { continue }
      let (nextX, nextY) = (Double(alarms) / counts[1], Double(hits) / counts[0])
      while result.count < grid.count, grid[result.count] < nextX {
        result.append(y + (nextY - y) * (grid[result.count] - x) / (nextX - x))
      }
      (x, y) = (nextX, nextY)
    }
    return result + [Double](repeating: 1, count: grid.count - result.count)
  }
}
