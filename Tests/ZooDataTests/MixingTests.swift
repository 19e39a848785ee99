import Testing
import ZooCore
import ZooData

/// What a batch holds: cases, targets, voxels.
private struct Mixed {
  var cases: [Int] = []
  var targets: [Float] = []
  var voxels: [[Float]] = []
}

/// Batches of an epoch, each with what it would hold unmixed.
private func batches(
  _ list: JSONValue, classes: Int = 2, threads: Int = 1, count: Int = 24, size: Int = 8,
  epochs: Int = 20
) throws -> [(plain: Mixed, mixed: Mixed)] {
  let dataset = smallDataset(count, size: 5)
  let all = try [[] as JSONValue, list].map { list in
    let source = try BatchSource(
      dataset, indices: Array(0..<count), batchSize: size, classes: classes, augmentation: augmentation(list),
      order: .shuffled, seed: Seed(11))
    var batches: [Mixed] = []
    let loader = try BatchLoader(source, threads: threads)
    for epoch in 0..<epochs {
      loader.forEachBatch(ofEpoch: epoch) { batch in
        let voxels = Array(batch.voxels)
        batches.append(
          Mixed(
            cases: (0..<batch.count).map { batch.caseIndex($0) }, targets: Array(batch.targets),
            voxels: (0..<batch.count).map { Array(voxels[($0 * 125)..<($0 * 125 + 125)]) }))
      }
    }
    return batches
  }
  return Array(zip(all[0], all[1])).map { ($0, $1) }
}

@Test(arguments: [2, 3]) func oneShareForABatchKeepsItsSums(classes: Int) throws {
  // Partners are a permutation: with one λ the mean of the batch stays what it was, of voxels and of targets.
  for (plain, mixed) in try batches([["type": "mixup", "alpha": 1]], classes: classes) {
    #expect(mixed.cases == plain.cases)
    for index in [0, 62, 124] {
      let sums = [plain, mixed].map { $0.voxels.reduce(0) { $0 + Double($1[index]) } }
      #expect(abs(sums[0] - sums[1]) < 1e-3)
    }
    #expect(abs(plain.targets.reduce(0, +) - mixed.targets.reduce(0, +)) < 1e-4)
    // Voxels of a case differ by the same fractions, so that all of them move by the same.
    for (before, after) in zip(plain.voxels, mixed.voxels) {
      #expect(zip(before, after).allSatisfy { abs(($1 - $0) - (after[0] - before[0])) < 1e-3 })
    }
  }
}

@Test func targetsGoWithTheVoxels() throws {
  // Two cases: every sample's partner is known from its own number.
  for scope in ["batch", "sample"] {
    for (plain, mixed) in try batches(
      [["type": "mixup", "alpha": 2, "per": .string(scope)]], count: 2, size: 2)
    {
      for sample in 0..<2 {
        let other = 1 - sample
        let span = Double(plain.voxels[other][7] - plain.voxels[sample][7])
        let rest = Double(mixed.voxels[sample][7] - plain.voxels[sample][7]) / span
        let target =
          (1 - rest) * Double(plain.targets[2 * sample]) + rest * Double(plain.targets[2 * other])
        #expect(abs(target - Double(mixed.targets[2 * sample])) < 1e-5)
      }
    }
  }
}

@Test func cutMixTakesABoxAndItsShareOfTheTarget() throws {
  var cut = 0
  for (plain, mixed) in try batches([["type": "cutmix", "per": "sample"]], count: 2, size: 2) {
    for sample in 0..<2 {
      let other = 1 - sample
      var foreign: [Int] = []
      for index in 0..<125 {
        if mixed.voxels[sample][index] == plain.voxels[sample][index] { continue }
        #expect(mixed.voxels[sample][index] == plain.voxels[other][index])
        foreign.append(index)
      }
      let share = 1 - Double(foreign.count) / 125
      let target =
        share * Double(plain.targets[2 * sample]) + (1 - share) * Double(plain.targets[2 * other])
      guard !foreign.isEmpty else { continue }
      cut += 1
      #expect(abs(target - Double(mixed.targets[2 * sample])) < 1e-6)
      // A box: as many as the ranges of its indices hold.
      let axes = [foreign.map { $0 / 25 }, foreign.map { $0 / 5 % 5 }, foreign.map { $0 % 5 }]
      #expect(axes.map { Set($0).count }.reduce(1, *) == foreign.count)
    }
  }
  #expect(cut > 5)
}

@Test func batchesAreTheSameForAnyNumberOfThreads() throws {
  let (_, strong) = try #require(builtInAugmentations.first { $0.name == "strong" })
  let heavy: JSONValue = [
    [
      "type": "trivial",
      "steps": [["type": "rotate"], ["type": "noise"], ["type": "elastic"], ["type": "symmetries"]],
    ],
    ["type": "cutmix", "per": "sample", "probability": 0.5], ["type": "mixup", "per": "sample"],
  ]
  for list in [strong, heavy] {
    let margin = try augmentation(list).margin(of: [5, 5, 5])
    let dataset = smallDataset(18, size: 5, margin: margin)
    let all = try [1, 2, 4, 8].map { threads in
      let source = try BatchSource(
        dataset, indices: Array(0..<18), batchSize: 6, classes: 2, augmentation: augmentation(list),
        order: .shuffled, seed: Seed(5))
      let loader = try BatchLoader(source, ahead: threads != 2, threads: threads)
      var values: [Float] = []
      for epoch in 0..<3 {
        loader.forEachBatch(ofEpoch: epoch) { values += Array($0.voxels) + Array($0.targets) }
      }
      return values.map(\.bitPattern)
    }
    #expect(Set(all).count == 1)
    #expect(all[0].count == 3 * 18 * 127)
  }
}

@Test func trivialChoosesEvenly() throws {
  let augmentation = try augmentation([
    [
      "type": "trivial",
      "steps": [["type": "shift"], ["type": "mirror"], ["type": "rotate", "degrees": 90]],
    ]
  ])
  var (shifts, rotations) = ([Int: Int](), 0)
  for index in 0..<9000 {
    let geometry = augmentation.geometry(of: index, epoch: 0, seed: Seed(1), size: [9, 9, 9])
    if !geometry.isExact { rotations += 1 }
    let shift = geometry.shift
    #expect(abs(shift.depth) == abs(shift.height) && abs(shift.height) == abs(shift.width))
    shifts[abs(shift.depth), default: 0] += 1
  }
  #expect(abs(rotations - 3000) < 5 * 45)
  // A third shifts, by 0 to 3 voxels with the 31 strengths: 5, 10, 10 and 6 of them round to these.
  for (voxels, share) in [(1, 10.0 / 31), (2, 10.0 / 31), (3, 6.0 / 31)] {
    #expect(abs(Double(shifts[voxels] ?? 0) - 3000 * share) < 5 * (3000 * share).squareRoot())
  }
}
