import Testing
import ZooCore
import ZooData

private let cube = [32, 32, 32]
private let standard: JSONValue = [["type": "shift"], ["type": "symmetries"]]

@Test func drawsDependOnSeedEpochAndCaseOnly() throws {
  let standard = try augmentation(standard)
  func draws(_ seed: UInt64, epoch: Int) -> [Placement] {
    (0..<50).map { standard.geometry(of: $0, epoch: epoch, seed: Seed(seed), size: cube).placement }
  }
  #expect(draws(1, epoch: 0) == draws(1, epoch: 0))
  #expect(draws(1, epoch: 0) != draws(1, epoch: 1))
  #expect(draws(1, epoch: 0) != draws(2, epoch: 0))
  #expect(Set(draws(1, epoch: 0)).count > 45)
}

@Test func allShiftsAndSymmetriesAreEquallyLikely() throws {
  let standard = try augmentation(standard)
  let count = 20_000
  var symmetries = [Int](repeating: 0, count: 48)
  var shifts = [Int: Int]()
  for index in 0..<count {
    let geometry = standard.geometry(of: index, epoch: 3, seed: Seed(5), size: cube)
    symmetries[geometry.symmetry.index] += 1
    for shift in [geometry.shift.depth, geometry.shift.height, geometry.shift.width] {
      shifts[shift, default: 0] += 1
    }
  }
  // Within five standard deviations of a fair draw.
  let each = Double(count) / 48
  for drawn in symmetries { #expect(abs(Double(drawn) - each) < 5 * each.squareRoot()) }
  #expect(shifts.keys.sorted() == Array(-3...3))
  for drawn in shifts.values {
    #expect(abs(Double(drawn) - Double(3 * count) / 7) < 5 * (Double(3 * count) / 7).squareRoot())
  }
}

@Test func unequalAxesAreNotExchanged() throws {
  let (voxels, mask) = numberedVolume([6, 8, 8])
  let crop = Crop(
    bytes: voxels, axes: [6, 8, 8], mask: mask, format: SampleFormat(size: [2, 4, 4], margin: 2))
  let augmentation = try augmentation([["type": "shift", "voxels": 2], ["type": "symmetries"]])
  var seen: Set<CubeSymmetry> = []
  for index in 0..<500 {
    let placement = augmentation.geometry(of: index, epoch: 0, seed: Seed(2), size: [2, 4, 4]).placement
    seen.insert(placement.symmetry)
    #expect(sample(crop, placement).allSatisfy { !$0.isNaN })
  }
  #expect(seen.count == 16)
}

@Test func noneIsTheCentreCrop() {
  for index in 0..<20 {
    let geometry = Augmentation.none.geometry(of: index, epoch: index, seed: Seed(1), size: cube)
    #expect(geometry.placement == .centre)
  }
}

@Test func aStepDrawsTheSameWhateverElseIsInTheList() throws {
  let lists: [JSONValue] = [
    [["type": "shift"]], [["type": "symmetries"], ["type": "shift"], ["type": "shift", "probability": 0]],
    [["type": "mirror", "probability": 0.5], ["type": "shift", "voxels": 3]],
  ]
  let shifts = try lists.map { list in
    let augmentation = try augmentation(list)
    return (0..<100).map { index in
      let shift = augmentation.geometry(of: index, epoch: 1, seed: Seed(9), size: cube).shift
      return [shift.depth, shift.height, shift.width]
    }
  }
  #expect(shifts[1] == shifts[0])
  #expect(shifts[2] == shifts[0])
}

@Test func probabilitiesAreKept() throws {
  func share(_ probability: Double) throws -> Double {
    let step = try augmentation([["type": "mirror", "axes": [1], "probability": .number(probability)]])
    let count = 10_000
    let mirrored = (0..<count).count {
      step.geometry(of: $0, epoch: 0, seed: Seed(4), size: cube).symmetry != .identity
    }
    return Double(mirrored) / Double(count)
  }
  #expect(try share(0) == 0)
  // A mirror along one axis leaves half of the samples as they are.
  #expect(abs(try share(1) - 0.5) < 0.025)
  #expect(abs(try share(0.3) - 0.15) < 0.018)
}

@Test func listsAreReadBackWithTheirDefaults() throws {
  for (_, list) in builtInAugmentations {
    let written = try augmentation(list).json
    #expect(try augmentation(written).json == written)
  }
  #expect(
    try augmentation([["type": "shift"], ["type": "original_mirror", "probability": 0.5]]).json == [
      ["type": "shift", "voxels": 3, "probability": 1],
      ["type": "original_mirror", "axes": [0, 1], "probability": 0.5],
    ])
}

@Test func mistakesAreNamed() throws {
  let mistakes: [(list: JSONValue, text: String)] = [
    ([["type": "shfit"]], "list[0].type: unknown augmentation step \"shfit\"; did you mean \"shift\""),
    (
      [["type": "shift"], ["type": "shift", "voxel": 3]],
      "list[1]: unknown key \"voxel\"; did you mean \"voxels\""
    ),
    ([["type": "shift", "voxels": 0.5]], "list[0].voxels: wrong value: expected a whole number"),
    (
      [["type": "mirror", "probability": 2]],
      "list[0].probability: wrong value: expected a number from 0.0 to 1.0"
    ),
    ([["type": "mirror", "axes": [0, 0]]], "list[0].axes: wrong axes"),
    ([["voxels": 3]], "list[0]: missing key \"type\""),
    (["type": "shift"], "list: wrong value: expected a list of steps"),
    (
      [["type": "mixup", "per": "batches"]], "list[0].per: unknown value \"batches\"; did you mean \"batch\""
    ),
    ([["type": "trivial", "steps": []]], "list[0].steps: there is no step"),
    ([["type": "trivial", "steps": [["type": "mixup"]]]], "list[0].steps[0]: mixup is nothing to choose"),
    ([["type": "trivial", "steps": [["type": "zoom", "f": 2]]]], "list[0].steps[0]: unknown key \"f\""),
    (
      [["type": "elastic"], ["type": "trivial", "steps": [["type": "elastic"]]]], "list: elastic stands twice"
    ),
  ]
  for (list, text) in mistakes {
    let problem = #expect(throws: Problem.self) {
      try Augmentation(list, among: Registry(augmentationSteps: builtInAugmentationSteps), at: "list")
    }
    #expect(problem?.description.hasPrefix(text) == true, "\(String(describing: problem))")
  }
}
