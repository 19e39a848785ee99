import Testing
import ZooCore
import ZooData

/// The sample that a list of steps makes of the case with this number.
func augmented(_ crop: Crop, _ list: JSONValue, index: Int = 0, seed: UInt64 = 1) throws -> [Float] {
  let dataset = Dataset(
    place: "test", cases: (0...index).map { Case(name: "c\($0)", label: 0) },
    crops: Array(repeating: crop, count: index + 1), format: crop.format)
  let source = try BatchSource(
    dataset, indices: [index], batchSize: 1, classes: 2, augmentation: augmentation(list), order: .shuffled,
    seed: Seed(seed))
  var sample: [Float] = []
  try BatchLoader(source, ahead: false).forEachBatch(ofEpoch: 0) { sample = Array($0.voxels) }
  return sample
}

@Test func symmetriesFollowEachOther() {
  let format = SampleFormat(size: [3, 3, 3], mask: .ignore)
  let cube = Crop(bytes: Array(0..<27), axes: [3, 3, 3], mask: nil, format: format)
  for first in 0..<48 {
    let once = sample(cube, Placement(shift: (0, 0, 0), symmetry: CubeSymmetry(first)))
    let between = Crop(floats: once, axes: [3, 3, 3], mask: nil, format: format)
    for second in 0..<48 {
      let both = CubeSymmetry(first).followed(by: CubeSymmetry(second))
      #expect(
        sample(cube, Placement(shift: (0, 0, 0), symmetry: both))
          == sample(between, Placement(shift: (0, 0, 0), symmetry: CubeSymmetry(second))))
    }
  }
}

@Test func theOriginalsTurnsAreThoseOfNumPy() throws {
  let format = SampleFormat(size: [3, 3, 3], mask: .ignore)
  let cube = Crop(bytes: Array(0..<27), axes: [3, 3, 3], mask: nil, format: format)
  var often = [Int](repeating: 0, count: 48)
  for item in try augmentationReference("turns") {
    let quarters = try item.integers("quarters")
    let flip = try #require(item.integers("flip").first)
    let symmetry = CubeSymmetry.rot90Flip(quarters: (quarters[0], quarters[1], quarters[2]), flip: flip)
    often[symmetry.index] += 1
    let expected = try item.integers("sample").map { Float($0) }
    #expect(sample(cube, Placement(shift: (0, 0, 0), symmetry: symmetry)) == expected)
  }
  // 256 draws, all equally likely: some symmetries are six times as likely as others.
  let counts = Dictionary(grouping: often) { $0 }.mapValues(\.count)
  #expect(counts == [2: 16, 4: 8, 6: 16, 12: 8])
}

@Test func theOriginalsMirrorIsThatOfNumPy() throws {
  for item in try augmentationReference("original_mirror") {
    let size = try item.integers("size")
    let (voxels, _) = numberedVolume(size)
    let crop = Crop(
      bytes: voxels, axes: size, mask: nil, format: SampleFormat(size: size, mask: .ignore))
    let axes = try item.list("axes")
    let sample = try augmented(crop, [["type": "original_mirror", "axes": .array(axes)]])
    #expect(sample == (try item.integers("sample")).map { Float($0) })
  }
}

@Test func foldsAreTurnedWithTheSample() throws {
  // What is folded along an axis and turned afterwards is symmetric about a plane, whatever the turn.
  let (voxels, _) = numberedVolume([4, 4, 4])
  let crop = Crop(
    bytes: voxels, axes: [4, 4, 4], mask: nil, format: SampleFormat(size: [4, 4, 4], mask: .ignore))
  let folded = try augmented(crop, [["type": "original_mirror", "axes": [2]]])
  let between = Crop(floats: folded, axes: [4, 4, 4], mask: nil, format: crop.format)
  for index in 0..<40 {
    #expect(
      try augmented(crop, [["type": "original_mirror", "axes": [2]], ["type": "symmetries"]], index: index)
        == augmented(between, [["type": "symmetries"]], index: index))
  }
}

@Test func maskAndVolumeMoveTogether() throws {
  let (voxels, _) = numberedVolume([8, 8, 8])
  // The mask is where the voxels are even, so the channels must agree wherever a voxel goes.
  let crop = Crop(
    bytes: voxels, axes: [8, 8, 8], mask: voxels.map { $0 % 2 == 0 ? 1 : 0 },
    format: SampleFormat(size: [4, 4, 4], mask: .channel, margin: 2))
  let lists: [JSONValue] = [
    [["type": "shift", "voxels": 2]], [["type": "symmetries"]], [["type": "rot90_flip"]],
    [["type": "mirror"]],
    [["type": "original_mirror"]],
    [["type": "shift", "voxels": 2], ["type": "original_mirror"], ["type": "symmetries"]],
  ]
  for list in lists {
    for index in 0..<30 {
      let sample = try augmented(crop, list, index: index)
      for (value, mask) in zip(sample[..<64], sample[64...]) {
        #expect(mask == (Int(value) % 2 == 0 ? 255 : 0))
      }
    }
  }
}
