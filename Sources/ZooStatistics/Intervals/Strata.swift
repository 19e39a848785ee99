/// The cases of each stratum, as of a class, of which a stratified resampling keeps the number.
struct Strata: Sendable {
  /// The places of each class's cases, classes rising.
  let places: [[Int]]
  /// The number of cases.
  let count: Int

  init(labels: [Int]) {
    places = Dictionary(grouping: labels.indices, by: { labels[$0] }).sorted { $0.key < $1.key }.map(\.value)
    count = labels.count
  }

  /// The cases of the smallest class; 0 without cases.
  var smallest: Int { places.map(\.count).min() ?? 0 }

  /// The cases of a numbered replicate: each case's draw goes to the place of a case of its own class.
  ///
  /// It depends on the seed and the number alone.
  func draw(seed: UInt64, replicate: Int) -> [Int] {
    var random = SplitMix64(seed: seed, replicate: replicate)
    var cases = Array(0..<count)
    for stratum in places {
      for place in stratum { cases[place] = stratum[random.index(below: stratum.count)] }
    }
    return cases
  }

  /// Values of all cases, by class.
  func split(_ values: [Double]) -> [[Double]] { places.map { $0.map { values[$0] } } }
}
