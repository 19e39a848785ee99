import Testing
import ZooCore
import ZooData
import ZooVolume

/// The largest difference between two lists of numbers; NaN where one is not a number.
private func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { abs($0 - $1) }.reduce(0) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
}

@Test func resampledVolumesEqualSciPy() throws {
  for item in try augmentationReference("resampled") {
    let (size, shift) = (try item.integers("size"), try item.integers("shift"))
    var object = try JSONObject(item, at: "item")
    let margin = try object.integer("margin", in: 0...9)
    let (zoom, spacing) = (try object.number("zoom", in: 0...9), try object.number("spacing", in: 0...9))
    let axes = size.map { $0 + 2 * margin }
    let (voxels, mask) = numberedVolume(axes)
    var geometry = Geometry(size: size)
    geometry.shift(by: (shift[0], shift[1], shift[2]))
    for rotation in try item.list("rotations") {
      let numbers = try JSONValue.object(["r": rotation]).floats("r").map(Double.init)
      geometry.rotate(about: SIMD3(numbers[0], numbers[1], numbers[2]), by: numbers[3] * .pi / 180)
    }
    geometry.zoom(by: zoom)
    var field: ElasticField?
    if spacing > 0 {
      let values = try item.floats("grid").map(Double.init)
      field = ElasticField(size: size, spacing: spacing)
      field?.set((0..<values.count / 3).map { SIMD3(values[3 * $0], values[3 * $0 + 1], values[3 * $0 + 2]) })
    }
    for use in SampleFormat.Mask.allCases {
      let format = SampleFormat(size: size, mask: use, margin: margin, padding: use == .multiply ? 0 : 7)
      var results: [[Float]] = []
      for crop in [
        Crop(bytes: voxels, axes: axes, mask: mask, format: format),
        Crop(floats: voxels.map(Float.init), axes: axes, mask: mask, format: format),
      ] {
        var sample = [Float](repeating: .nan, count: format.shape.count)
        sample.withUnsafeMutableBufferPointer { buffer in
          if let base = buffer.baseAddress { crop.resample(geometry, field, to: base) }
        }
        results.append(sample)
      }
      #expect(results[0] == results[1])
      let count = size.reduce(1, *)
      let expected = try item.floats(use == .multiply ? "multiply" : "ignore")
      // Values up to 251; the fixture has five decimals.
      #expect(largestDifference(Array(results[0][..<count]), expected) < 2e-3, "\(size) \(use)")
      if use == .channel {
        // The mask is where SciPy's interpolated one is more than half.
        for (value, share) in zip(results[0][count...], try item.floats("channel"))
        where abs(share - 127.5) > 0.01 {
          #expect(value == (share > 127.5 ? 255 : 0))
        }
      }
    }
  }
}

@Test func intensitiesEqualNumPyAndSciPy() throws {
  for item in try augmentationReference("intensities") {
    let size = try item.integers("size")
    var object = try JSONObject(item, at: "item")
    let mask = try #require(SampleFormat.Mask(rawValue: object.string("mask")))
    let (power, factor) = (try object.number("power", in: 0...9), try object.number("factor", in: 0...9))
    let sigma = try object.number("sigma", in: 0...9)
    let (voxels, inside) = numberedVolume(size)
    let offset: Float = mask == .ignore ? -100 : 0
    let crop = Crop(
      floats: voxels.map { Float($0) + offset }, axes: size, mask: inside,
      format: SampleFormat(size: size, mask: mask))
    for (key, change) in [
      ("gamma", { $0.raise(to: power) }), ("contrast", { $0.spread(by: factor) }),
      ("blur", { $0.blur(sigma: sigma) }),
    ] as [(String, (SampleView) -> Void)] {
      // Values of a range of 250; single precision.
      #expect(largestDifference(changed(crop, change), try item.floats(key)) < 1e-3, "\(key) \(size) \(mask)")
    }
  }
}

/// A crop's sample after a change in place.
private func changed(_ crop: Crop, _ change: (SampleView) -> Void) -> [Float] {
  var values = sample(crop)
  var scratch = [Float](repeating: .nan, count: SampleView.scratchCount(of: crop.format))
  values.withUnsafeMutableBufferPointer { values in
    scratch.withUnsafeMutableBufferPointer { scratch in
      guard let values = values.baseAddress, let scratch = scratch.baseAddress else { return }
      change(SampleView(values, of: crop.format, scratch: scratch))
    }
  }
  return values
}

@Test func noiseHasItsDeviationAndStaysInTheMask() throws {
  let size = [31, 32, 33]
  let count = size.reduce(1, *)
  let voxels = (0..<count).map { Float($0 % 100) + 20 }
  let mask = (0..<count).map { UInt8($0 % 3 == 0 ? 0 : 1) }
  for use in [SampleFormat.Mask.multiply, .ignore, .channel] {
    let crop = Crop(floats: voxels, axes: size, mask: mask, format: SampleFormat(size: size, mask: use))
    let before = sample(crop)
    var draws = Seed(3).stream()
    let after = changed(crop) { $0.addNoise(0.1, from: &draws) }
    let isOpen = { use != .multiply || mask[$0] != 0 }
    let noise = (0..<count).filter(isOpen).map { Double(after[$0] - before[$0]) }
    // The range is 99, or 119 with the zeros outside of the mask.
    let expected = use == .multiply ? 11.9 : 9.9
    let deviation = (noise.reduce(0) { $0 + $1 * $1 } / Double(noise.count)).squareRoot()
    #expect(abs(deviation / expected - 1) < 0.02)
    #expect((0..<count).allSatisfy { isOpen($0) || after[$0] == 0 })
    #expect(Array(after[count...]) == Array(before[count...]))
  }
}

@Test func hiddenBoxesAreHiddenInAllChannels() {
  let (voxels, _) = numberedVolume([4, 5, 6])
  let format = SampleFormat(size: [4, 5, 6], mask: .channel, padding: 9)
  let crop = Crop(bytes: voxels, axes: [4, 5, 6], mask: voxels.map { _ in 1 }, format: format)
  let before = sample(crop)
  let after = changed(crop) { $0.hide(1..<3, 0..<2, 4..<6) }
  for index in before.indices {
    let (d, h, w) = (index / 30 % 4, index / 6 % 5, index % 6)
    let isHidden = (1..<3).contains(d) && h < 2 && w >= 4
    #expect(after[index] == (isHidden ? (index < 120 ? 9 : 0) : before[index]))
  }
}

@Test func stepsOfStrengthNothingChangeNothing() throws {
  let (voxels, mask) = numberedVolume([10, 11, 12])
  let crop = Crop(
    bytes: voxels, axes: [10, 11, 12], mask: mask, format: SampleFormat(size: [6, 7, 8], margin: 2))
  let list: JSONValue = [
    ["type": "rotate", "degrees": 0], ["type": "zoom", "factor": 1], ["type": "elastic", "voxels": 0],
    ["type": "noise", "std": 0], ["type": "blur", "sigma": 0], ["type": "gamma", "factor": 1],
    ["type": "contrast", "factor": 1], ["type": "cutout", "share": 0],
  ]
  for index in 0..<10 {
    #expect(largestDifference(try augmented(crop, list, index: index), sample(crop)) < 1e-3)
  }
}

@Test func marginsHoldAllThatIsRead() throws {
  // A volume of ones, padded with a value that would be seen.
  for list in [
    [["type": "shift", "voxels": 2], ["type": "rotate", "degrees": 30]],
    [["type": "zoom", "factor": 1.4]], [["type": "elastic", "voxels": 2.5, "spacing": 3]],
    [
      ["type": "rotate", "degrees": 180], ["type": "zoom", "factor": 1.1], ["type": "elastic"],
      ["type": "shift"],
    ],
  ] as [JSONValue] {
    let size = [9, 6, 7]
    let augmentation = try augmentation(list)
    let format = SampleFormat(
      size: size, mask: .ignore, margin: augmentation.margin(of: size), padding: 1e6)
    let axes = [60, 60, 60]
    let crop = Crop(
      floats: Array(repeating: 1, count: 216_000), axes: axes, mask: nil, format: format)
    for index in 0..<100 {
      #expect(try augmented(crop, list, index: index).allSatisfy { abs($0 - 1) < 1e-4 })
    }
  }
}
