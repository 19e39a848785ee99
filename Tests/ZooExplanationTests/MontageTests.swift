import Testing
import ZooExplanation
import ZooFormats
import ZooVolume

/// A map of one voxel that counts, found by occluding single voxels of a sample.
private func map(of axes: [Int], at position: [Int]) throws -> Attribution {
  let voxel = (position[0] * axes[1] + position[1]) * axes[2] + position[2]
  let model = try singleWeight(axes, voxel: voxel)
  let method = AttributionMethod.occlusion(patch: [1, 1, 1], stride: nil)
  return try method.explainer(of: model, threads: 1).attribution(
    of: Array(repeating: 1, count: axes.reduce(1, *)), label: 1)
}

extension PNGImage {
  /// Places of the pixels of the colour map's upper end, in a part of the rows.
  fileprivate func brightest(in rows: Range<Int>) -> (x: ClosedRange<Int>, y: ClosedRange<Int>)? {
    var (xs, ys): ([Int], [Int]) = ([], [])
    for y in rows {
      for x in 0..<width {
        let (red, green, blue) = self[x, y]
        // Viridis ends in yellow, three quarters of it over black.
        if red > 150, green > 140, blue < 80 {
          xs.append(x)
          ys.append(y)
        }
      }
    }
    guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else {
      return nil
    }
    return (left...right, top...bottom)
  }
}

@Test func slicesLieAsRadiologistsSeeThem() throws {
  let axes = [4, 4, 4]
  // The highest, foremost, rightmost voxel: above and on the left in every plane; 56 pixels a voxel.
  let map = try map(of: axes, at: [3, 3, 3])
  #expect(map.values.count { $0 > 0 } == 1 && map.values.last == 1)
  let black = [Float](repeating: 0, count: 64)
  let affine = Affine(columns: [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)], origin: .zero)
  for (place, first) in [(affine, true), (nil, false)] as [(Affine?, Bool)] {
    let image = try AttributionMontage(map, over: black, mask: nil, affine: place, title: ["a title"]).image()
    // Title, gap, caption; then a slice of 224 pixels and its gap, three times.
    for number in 0..<3 {
      let top = 12 + 17 + 12 + number * (17 + 224 + 12) + 17
      let found = try #require(image.brightest(in: top..<top + 224))
      let expected = first ? top + 14..<top + 56 : top + 168..<top + 224
      #expect(expected.contains(found.y.upperBound) && found.x.count > 40 && found.x.count <= 56)
    }
  }
}

@Test func voxelsKeepTheirShape() throws {
  let map = try map(of: [4, 8, 8], at: [1, 2, 3])
  let voxels = [Float](repeating: 0, count: 256)
  func height(_ affine: Affine?) throws -> Int {
    try AttributionMontage(map, over: voxels, mask: nil, affine: affine, title: []).image().height
  }
  func affine(_ depth: Double) -> Affine {
    Affine(columns: [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, depth)], origin: .zero)
  }
  // 28 pixels a voxel; slices as thick as two voxels take as much as eight.
  #expect(try height(affine(2)) - height(affine(1)) == 2 * 4 * 28)
  #expect(try height(nil) == height(affine(1)))
}

@Test func theOutlineIsDrawnAroundTheMask() throws {
  let map = try map(of: [4, 4, 4], at: [0, 0, 0])
  var mask = [Bool](repeating: false, count: 64)
  mask[(2 * 4 + 1) * 4 + 2] = true
  let voxels = (0..<64).map { Float($0) }
  func white(_ mask: [Bool]?) throws -> Int {
    let image = try AttributionMontage(map, over: voxels, mask: mask, title: []).image()
    return (0..<image.height).reduce(0) { sum, y in
      sum + (0..<image.width).count { image[$0, y] == (255, 255, 255) }
    }
  }
  // Two panels of each plane, 4 sides of 56 pixels that share their corners.
  #expect(try white(mask) - white(nil) == 3 * 2 * (4 * 56 - 4))
}

@Test func slicesOfACaseKeepTheirShapeAndSayWhichTheyAre() throws {
  var mask = [Bool](repeating: false, count: 256)
  mask[(1 * 8 + 2) * 8 + 5] = true
  let voxels = (0..<256).map { Float($0) }
  func montage(_ depth: Double?, _ mask: [Bool]? = nil) -> CaseMontage {
    let affine = depth.map {
      Affine(columns: [SIMD3(0.8, 0, 0), SIMD3(0, 0.8, 0), SIMD3(0, 0, $0)], origin: .zero)
    }
    return CaseMontage(axes: [4, 8, 8], voxels: voxels, mask: mask, affine: affine)
  }
  // 28 pixels a voxel of 0.8 mm, two and a half times as many along one of 2 mm.
  for (depth, size) in [(0.8, (28, 28)), (1.6, (28, 56)), (2, (28, 70)), (nil, (28, 28))]
    as [(Double?, (Int, Int))]
  {
    let image = try montage(depth).image()
    #expect(image.width == 3 * 8 * size.0 + 2 * 8, "\(depth ?? 0)")
    #expect(image.height == max(8 * size.0, 4 * size.1), "\(depth ?? 0)")
  }
  #expect(
    montage(2, mask).places == "axial slice 2 of 4, coronal slice 3 of 8, sagittal slice 6 of 8")
  #expect(montage(nil).places == "across D slice 3 of 4, across H slice 5 of 8, across W slice 5 of 8")
}

@Test func sidesStandInTheSlicesAndNotInTheMap() throws {
  let affine = Affine(columns: [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)], origin: .zero)
  let voxels = [Float](repeating: 0, count: 512)
  func white(_ affine: Affine?, map: [Float]? = nil) throws -> Int {
    let image = try CaseMontage(axes: [8, 8, 8], voxels: voxels, mask: nil, affine: affine).image(map: map)
    return (0..<image.height).reduce(0) { sum, y in
      sum + (0..<image.width).count { image[$0, y] == (255, 255, 255) }
    }
  }
  #expect(try white(affine) > 100)
  #expect(try white(nil) == 0)
  #expect(try white(affine, map: voxels) == 0)
}
