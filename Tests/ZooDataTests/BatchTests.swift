import Testing
import ZooCore
import ZooData

/// All that an epoch's batches hold.
private func epoch(_ number: Int, of loader: BatchLoader) -> [[Float]] {
  var batches: [[Float]] = []
  loader.forEachBatch(ofEpoch: number) { batch in
    batches.append(
      (0..<batch.count).map { Float(batch.caseIndex($0)) } + Array(batch.targets) + Array(batch.voxels))
  }
  return batches
}

private func source(
  _ dataset: Dataset, _ order: BatchSource.Order = .shuffled, size: Int = 4, classes: Int = 2,
  seed: UInt64 = 1
) throws -> BatchSource {
  try BatchSource(
    dataset, indices: Array(dataset.cases.indices), batchSize: size, classes: classes,
    augmentation: order == .shuffled
      ? augmentation([["type": "shift", "voxels": 1], ["type": "symmetries"]]) : .none, order: order,
    seed: Seed(seed))
}

@Test func batchesAreTheSameWithAndWithoutTheThread() throws {
  let source = try source(smallDataset(23))
  let (ahead, plain) = (try BatchLoader(source), try BatchLoader(source, ahead: false))
  for number in 0..<5 {
    let batches = epoch(number, of: plain)
    #expect(batches.count == 5)
    #expect(epoch(number, of: ahead) == batches)
  }
  #expect(epoch(3, of: ahead) == epoch(3, of: plain))
  #expect(epoch(0, of: ahead) != epoch(1, of: ahead))
}

@Test func everyCaseComesOnceAnEpochInAnotherOrder() throws {
  let source = try source(smallDataset(24))
  let orders = (0..<4).map { source.cases(epoch: $0) }
  for order in orders { #expect(order.sorted() == Array(0..<24)) }
  #expect(Set(orders).count == 4)
}

@Test func batchesHoldTheirCases() throws {
  let source = try source(smallDataset(10), .asGiven)
  #expect(source.batchCount == 3)
  var seen: [Int] = []
  try BatchLoader(source).forEachBatch(ofEpoch: 0) { batch in
    #expect(batch.count == (seen.count == 8 ? 2 : 4))
    #expect(batch.voxels.count == batch.count * 64)
    for n in 0..<batch.count {
      let index = batch.caseIndex(n)
      #expect(batch.voxels[(n * 64)..<(n * 64 + 64)].allSatisfy { Int($0) == index + 1 })
      #expect(Array(batch.targets[(2 * n)..<(2 * n + 2)]) == (index % 2 == 0 ? [1, 0] : [0, 1]))
      seen.append(index)
    }
  }
  #expect(seen == Array(0..<10))
}

@Test func pseudoLabelsAreSharesTimesTheirWeight() throws {
  let dataset = smallDataset(3)
  let joined = dataset.adding(
    smallDataset(3), labelledBy: ["c1": PseudoLabel(shares: [0.25, 0.75], weight: 0.5)])
  #expect(joined.cases.count == 4 && joined.cases[3].label == nil && joined.cases[3].pseudo != nil)
  let source = try source(joined, .asGiven, size: 4)
  try BatchLoader(source).forEachBatch(ofEpoch: 0) { batch in
    #expect(Array(batch.targets) == [1, 0, 0, 1, 1, 0, 0.125, 0.375])
    #expect(batch.voxels[(3 * 64)..<(4 * 64)].allSatisfy { Int($0) == 2 })
  }
  // In balanced batches it belongs to its likeliest class.
  let balanced = try BatchSource(
    joined, indices: [0, 2, 3], batchSize: 2, classes: 2, order: .balanced, steps: 5, seed: Seed(1))
  let drawn = balanced.cases(epoch: 0)
  for start in stride(from: 0, to: 10, by: 2) { #expect(drawn[start..<start + 2].contains(3)) }
}

@Test func anErrorEndsTheEpochAndTheLoaderGoesOn() throws {
  let loader = try BatchLoader(try source(smallDataset(40)))
  for stop in [0, 1, 5, 9] {
    var count = 0
    #expect(throws: Problem.self) {
      try loader.forEachBatch(ofEpoch: 0) { _ in
        if count == stop { throw Problem("stop") }
        count += 1
      }
    }
    #expect(count == stop)
  }
  #expect(epoch(2, of: loader) == epoch(2, of: try BatchLoader(loader.source, ahead: false)))
}

@Test func impossibleBatchesAreProblems() throws {
  let dataset = smallDataset(3)
  #expect(throws: Problem.self) { try source(dataset, size: 4) }
  #expect(throws: Problem.self) {
    try BatchSource(dataset, indices: [], batchSize: 1, classes: 2, order: .asGiven, seed: Seed(0))
  }
  #expect(throws: Problem.self) {
    try BatchSource(
      dataset, indices: [0, 1, 2], batchSize: 1, classes: 2,
      augmentation: augmentation([["type": "shift", "voxels": 2]]), order: .shuffled,
      seed: Seed(0))
  }
  let odd = Dataset(
    place: "test", cases: [Case(name: "a", label: 2)],
    crops: [
      Crop(bytes: [1], axes: [1, 1, 1], mask: nil, format: SampleFormat(size: [1, 1, 1]))
    ], format: SampleFormat(size: [1, 1, 1]))
  #expect(throws: Problem.self) { try source(odd, .asGiven, size: 1) }
}
