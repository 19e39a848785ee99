import Testing
import ZooCore
import ZooData
import ZooVolume

@Test func cropsEqualNumPy() throws {
  let cases = try samplesReference("crops")
  #expect(cases.count == 6)
  for item in cases {
    let (axes, size) = (try item.integers("axes"), try item.integers("size"))
    let (voxels, mask) = numberedVolume(axes)
    for use in SampleFormat.Mask.allCases {
      let expected = try item.integers(use.rawValue).map { Float($0) }
      // The margin is kept for augmentation, the sample must not depend on it.
      for margin in [0, 1, 3] {
        let format = SampleFormat(size: size, mask: use, margin: margin)
        let bytes = Crop(bytes: voxels, axes: axes, mask: mask, format: format)
        let floats = Crop(floats: voxels.map(Float.init), axes: axes, mask: mask, format: format)
        #expect(sample(bytes) == expected, "\(axes) \(size) \(use) margin \(margin)")
        #expect(sample(floats) == expected, "\(axes) \(size) \(use) margin \(margin), floats")
      }
    }
  }
}

@Test func paddingFillsWhatLiesOutside() throws {
  for item in try samplesReference("crops") {
    let (axes, size) = (try item.integers("axes"), try item.integers("size"))
    let (voxels, mask) = numberedVolume(axes)
    let expected = try item.integers("padded").map { Float($0) }
    let seven = SampleFormat(size: size, margin: 1, padding: 7)
    #expect(sample(Crop(bytes: voxels, axes: axes, mask: mask, format: seven)) == expected)
    #expect(
      sample(Crop(floats: voxels.map(Float.init), axes: axes, mask: mask, format: seven)) == expected)
    // No byte: the case is kept as floats. The numbers of the fixture's padding become those of this one.
    let air = SampleFormat(size: size, padding: -1000)
    let crop = sample(Crop(bytes: voxels, axes: axes, mask: mask, format: air))
    let zero = try item.integers("multiply")
    #expect(crop == expected.indices.map { Float(zero[$0]) == expected[$0] ? expected[$0] : -1000 })
  }
}

@Test func symmetriesAreThoseOfTheCube() throws {
  let format = SampleFormat(size: [3, 3, 3], mask: .ignore)
  let cube = Crop(bytes: Array(0..<27), axes: [3, 3, 3], mask: nil, format: format)
  let turned = (0..<48).map { sample(cube, Placement(shift: (0, 0, 0), symmetry: CubeSymmetry($0))) }
  #expect(turned[0] == (0..<27).map { Float($0) })
  #expect(Set(turned).count == 48)
  let expected = try samplesReference("symmetries").map { item -> [Float] in
    guard case .array(let values) = item else { throw Problem("no array") }
    return try values.map { Float(try #require($0.wholeNumber)) }
  }
  #expect(Set(turned) == Set(expected))
}

@Test func channelsAreTurnedAlike() throws {
  let (voxels, _) = numberedVolume([4, 4, 4])
  let format = SampleFormat(size: [4, 4, 4], mask: .channel)
  // The mask is where the voxels are even, so the channels must agree wherever a voxel goes.
  let crop = Crop(bytes: voxels, axes: [4, 4, 4], mask: voxels.map { $0 % 2 == 0 ? 1 : 0 }, format: format)
  for index in 0..<48 {
    let turned = sample(crop, Placement(shift: (0, 0, 0), symmetry: CubeSymmetry(index)))
    for (value, mask) in zip(turned[..<64], turned[64...]) {
      #expect(mask == (Int(value) % 2 == 0 ? 255 : 0))
    }
  }
}

@Test func shiftsMoveTheCrop() throws {
  let (voxels, mask) = numberedVolume([12, 11, 10])
  let crop = Crop(
    bytes: voxels, axes: [12, 11, 10], mask: mask, format: SampleFormat(size: [4, 4, 4], margin: 3))
  for item in try samplesReference("shifts") {
    let shift = try item.integers("shift")
    let expected = try item.integers("sample").map { Float($0) }
    #expect(sample(crop, Placement(shift: (shift[0], shift[1], shift[2]))) == expected, "\(shift)")
  }
}
