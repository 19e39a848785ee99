/// The rank of every value among all, from 1; values that are equal share the mean of their ranks.
///
/// Ranks are whole or half numbers and so exact. O(n log n). Every comparison with a NaN is false, so the caller
/// keeps NaN out.
public func midranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
    // Ranks start + 1 ... end, their mean:
    for position in start..<end { ranks[order[position]] = Double(start + 1 + end) / 2 }
    start = end
  }
  return ranks
}
