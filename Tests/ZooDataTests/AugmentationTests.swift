import Testing
import ZooCore
import ZooData

private let cube = [32, 32, 32]

@Test func drawsDependOnSeedEpochAndCaseOnly() {
  func draws(_ seed: UInt64, epoch: Int) -> [Placement] {
    (0..<50).map { Augmentation.standard.placement(of: $0, epoch: epoch, seed: Seed(seed), size: cube) }
  }
  #expect(draws(1, epoch: 0) == draws(1, epoch: 0))
  #expect(draws(1, epoch: 0) != draws(1, epoch: 1))
  #expect(draws(1, epoch: 0) != draws(2, epoch: 0))
  #expect(Set(draws(1, epoch: 0)).count > 45)
}

@Test func allShiftsAndSymmetriesAreEquallyLikely() {
  let count = 20_000
  var symmetries = [Int](repeating: 0, count: 48)
  var shifts = [Int: Int]()
  for index in 0..<count {
    let placement = Augmentation.standard.placement(of: index, epoch: 3, seed: Seed(5), size: cube)
    symmetries[placement.symmetry.index] += 1
    for shift in [placement.shift.depth, placement.shift.height, placement.shift.width] {
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

@Test func unequalAxesAreNotExchanged() {
  let (voxels, mask) = numberedVolume([6, 8, 8])
  let crop = Crop(
    bytes: voxels, axes: [6, 8, 8], mask: mask, format: SampleFormat(size: [2, 4, 4], margin: 2))
  let augmentation = Augmentation(shift: 2, symmetries: true)
  var seen: Set<CubeSymmetry> = []
  for index in 0..<500 {
    let placement = augmentation.placement(of: index, epoch: 0, seed: Seed(2), size: [2, 4, 4])
    seen.insert(placement.symmetry)
    #expect(sample(crop, placement).allSatisfy { !$0.isNaN })
  }
  #expect(seen.count == 16)
}

@Test func noneIsTheCentreCrop() {
  for index in 0..<20 {
    #expect(Augmentation.none.placement(of: index, epoch: index, seed: Seed(1), size: cube) == .centre)
  }
}
