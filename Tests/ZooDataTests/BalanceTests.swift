import Testing
import ZooCore
import ZooData

/// Cases of classes in such numbers, a voxel each.
private func dataset(_ counts: [Int]) -> Dataset {
  let format = SampleFormat(size: [1, 1, 1])
  let labels = counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
  return Dataset(
    place: "test", cases: labels.enumerated().map { Case(name: "c\($0)", label: $1) },
    crops: labels.map { _ in Crop(bytes: [1], axes: [1, 1, 1], mask: nil, format: format) }, format: format)
}

private func source(
  _ counts: [Int], _ order: BatchSource.Order = .balanced, size: Int, steps: Int? = nil, seed: UInt64 = 1
) throws -> BatchSource {
  let dataset = dataset(counts)
  return try BatchSource(
    dataset, indices: Array(dataset.cases.indices), batchSize: size, classes: max(2, counts.count),
    order: order,
    steps: steps, seed: Seed(seed))
}

/// The labels of each batch of some epochs.
private func labels(_ source: BatchSource, epochs: ClosedRange<Int>) -> [[Int]] {
  epochs.flatMap { epoch in
    let cases = source.cases(epoch: epoch)
    return stride(from: 0, to: cases.count, by: source.batchSize).map { start in
      cases[start..<start + source.batchSize].compactMap { source.dataset.cases[$0].label }
    }
  }
}

@Test func everyBatchHoldsHalfOfEachOfTwoClasses() throws {
  let source = try source([75, 25], size: 32)
  #expect(source.batchCount == 3)
  for batch in labels(source, epochs: 1...4) {
    #expect(batch.count { $0 == 0 } == 16 && batch.count { $0 == 1 } == 16)
  }
}

@Test func placesLeftOverAreDealtRound() throws {
  // 8 = 3 + 3 + 2, 2 + 3 + 3, 3 + 2 + 3, … for three classes; class 3 has no cases and gets no place.
  let batches = labels(try source([20, 5, 9, 0], size: 8), epochs: 0...2).map { batch in
    (0..<4).map { c in batch.count { $0 == c } }
  }
  #expect(batches.prefix(4) == [[3, 3, 2, 0], [3, 2, 3, 0], [2, 3, 3, 0], [3, 3, 2, 0]])
  #expect(batches.count == 12)
  // A batch smaller than the classes takes them in turn.
  #expect(labels(try source([4, 4, 4], size: 1, steps: 6), epochs: 0...0) == [[0], [1], [2], [0], [1], [2]])
}

@Test func aRareClassComesAgainOnlyWhenAllOfItHaveBeen() throws {
  let source = try source([40, 7], size: 10, steps: 14)
  var counts = Array(repeating: 0, count: 47)
  var orders: Set<[Int]> = []
  for epoch in 0..<3 {
    let cases = source.cases(epoch: epoch)
    for start in stride(from: 0, to: cases.count, by: 10) {
      for index in cases[start..<start + 10] { counts[index] += 1 }
      orders.insert(Array(cases[start..<start + 10]))
      for range in [0..<40, 40..<47] {
        #expect((counts[range].max() ?? 9) - (counts[range].min() ?? 0) <= 1)
      }
    }
  }
  #expect(counts[40...].reduce(0, +) == 14 * 3 * 5 && orders.count == 14 * 3)
}

@Test(arguments: [BatchSource.Order.shuffled, .balanced])
func stepsGiveAnEpochItsLength(order: BatchSource.Order) throws {
  let short = try source([6, 6], order, size: 4, steps: 2)
  #expect(short.batchCount == 2)
  // Three epochs of two steps are two passes over twelve cases.
  let drawn = (0..<3).flatMap { short.cases(epoch: $0) }
  #expect(drawn.count == 24)
  for index in 0..<12 { #expect(drawn.count { $0 == index } == 2) }
  let long = try source([6, 6], order, size: 4, steps: 9)
  #expect(long.batchCount == 9 && long.cases(epoch: 5).count == 36)
  #expect(Set((0..<12).map { index in long.cases(epoch: 5).count { $0 == index } }) == [3])
}

@Test func anEpochDependsOnSeedAndNumberAlone() throws {
  let one = try source([30, 9], size: 8)
  let seventh = one.cases(epoch: 7)
  _ = (0..<7).map { one.cases(epoch: $0) }
  #expect(one.cases(epoch: 7) == seventh)
  #expect(one.cases(epoch: 8) != seventh)
  #expect(try source([30, 9], size: 8, seed: 2).cases(epoch: 7) != seventh)
}

@Test func balanceNeedsLabels() throws {
  let format = SampleFormat(size: [1, 1, 1])
  let dataset = Dataset(
    place: "test", cases: [Case(name: "a", label: 1), Case(name: "b")],
    crops: [1, 2].map { Crop(bytes: [$0], axes: [1, 1, 1], mask: nil, format: format) }, format: format)
  #expect(throws: Problem.self) {
    try BatchSource(dataset, indices: [0, 1], batchSize: 2, classes: 2, order: .balanced, seed: Seed(0))
  }
}
