import ZooCore

/// Batches that hold every class as often as the others, whatever the classes' shares among the cases.
///
/// Of a batch of B each of k classes gets B / k places, rounded down; the places that are left over are dealt round, from
/// batch to batch. Each class is drawn in cycles of its own, so rare cases come again sooner, none before all others
/// of its class have been. A batch depends on the seed and its number alone.
struct ClassBalance: Sendable {
  private let classes: [ShuffledCycles]
  private let batchSize: Int
  private let seed: Seed

  /// Balances some cases by the classes they belong to; there is one case at least.
  init(_ cases: [Int], classes belonging: [Int], batchSize: Int, seed: Seed) {
    let groups = Dictionary(grouping: zip(cases, belonging)) { $0.1 }.sorted { $0.key < $1.key }
    classes = groups.map { ShuffledCycles(cases: $0.value.map(\.0), seed: seed.child("class").child($0.key)) }
    self.batchSize = batchSize
    self.seed = seed.child("places")
  }

  /// The cases of some batches, counted from 0 over all epochs, one batch after the other.
  func cases(ofBatches batches: Range<Int>) -> [Int] {
    var drawn = classes.enumerated().map { index, cycles in
      cycles.draws(
        places(of: index, before: batches.lowerBound)..<places(of: index, before: batches.upperBound))[...]
    }
    return batches.flatMap { batch in
      var cases: [Int] = []
      for index in classes.indices {
        let count = places(of: index, before: batch + 1) - places(of: index, before: batch)
        cases += drawn[index].prefix(count)
        drawn[index] = drawn[index].dropFirst(count)
      }
      var stream = seed.child(batch).stream()
      return stream.shuffled(cases)
    }
  }

  /// How many places a class, by its position, has had in the batches before one.
  private func places(of index: Int, before batch: Int) -> Int {
    let (each, rest) = batchSize.quotientAndRemainder(dividingBy: classes.count)
    // Of the n places dealt round, those at positions index, index + k, index + 2 k, …
    return batch * each + (batch * rest + classes.count - 1 - index) / classes.count
  }
}
