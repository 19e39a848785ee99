import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooTestSupport

@Suite struct LIDCGeometryTests {
  @Test func volumeAndDiameterArePylidcs() throws {
    let reference = try LIDCFixture.table("annotations")
    let annotations = try LIDCFixture.annotations()
    #expect(annotations.count == 10)
    expectClose(annotations.map(\.volume), try reference.numbers("volume"), relative: 1e-8, "volume")
    expectClose(annotations.map(\.diameter), try reference.numbers("diameter"), relative: 1e-8, "diameter")
  }

  @Test func fillingMarksTheVoxelsMatplotlibFinds() throws {
    let reference = try LIDCFixture.table("annotations")
    let edge = LIDCGrid.edge
    for (annotation, row) in zip(try LIDCFixture.annotations(), reference.rows) {
      let mask = LIDCGrid(centre: annotation.centre).mask(of: annotation)
      let marked = mask.indices.filter { mask[$0] }
      #expect(marked.count == Int(row[5]), "voxels of \(annotation.id)")
      #expect(marked.reduce(0) { $0 + $1 / edge / edge } == Int(row[6]), "slices of \(annotation.id)")
      #expect(marked.reduce(0) { $0 + $1 / edge % edge } == Int(row[7]), "rows of \(annotation.id)")
      #expect(marked.reduce(0) { $0 + $1 % edge } == Int(row[8]), "columns of \(annotation.id)")
    }
  }

  /// A square outline in some slices, `side` mm wide at 0.5 mm a pixel.
  func cuboid(_ id: Int, x: Double, y: Double = 100, side: Int, slices: [Double] = [0, 1, 2]) throws
    -> LIDCAnnotation
  {
    let (left, top) = (Int(x * 2), Int(y * 2))
    let (right, bottom) = (left + 2 * side, top + 2 * side)
    let text = "\(left),\(top)\n\(right),\(top)\n\(right),\(bottom)\n\(left),\(bottom)"
    return LIDCAnnotation(
      id: id, pixelSpacing: 0.5, sliceThickness: 2, ratings: [.malignancy: id],
      contours: try slices.map { try LIDCContour(includes: true, z: $0, coordinates: text, at: "test") })
  }

  func groups(_ annotations: [LIDCAnnotation]) -> [[Int]] {
    LIDCScan(id: 1, patient: "P", pixelSpacing: 0.5, sliceThickness: 2, annotations: annotations).groups()
      .map { $0.map(\.id) }
  }

  @Test func sizesOfACuboid() throws {
    let cuboid = try cuboid(1, x: 50, side: 6)
    expectClose(cuboid.volume, 6 * 6 * 3)
    expectClose(cuboid.diameter, 6 * 2.0.squareRoot(), relative: 1e-12)
    // A single slice is as thick as the scan's slices.
    expectClose(try self.cuboid(1, x: 50, side: 6, slices: [7]).volume, 6 * 6 * 2)
  }

  @Test func annotationsOfOneNoduleAreGrouped() throws {
    let annotations = [
      try cuboid(1, x: 50, side: 6), try cuboid(2, x: 80, side: 5), try cuboid(3, x: 51, side: 6),
      try cuboid(4, x: 49, side: 7), try cuboid(5, x: 81, side: 6),
    ]
    #expect(groups(annotations) == [[1, 3, 4], [2, 5]])
  }

  @Test func aSmallOutlineWithinALargeOneIsTheSameNodule() throws {
    #expect(groups([try cuboid(1, x: 50, side: 30), try cuboid(2, x: 63, y: 113, side: 4)]) == [[1, 2]])
  }

  @Test func neighboursMarkedByAllReadersStayApart() throws {
    // 1 mm between the nodules, less than a slice thickness; no group may exceed the four readers.
    let annotations = try (0..<8).map { try cuboid($0, x: $0 % 2 == 0 ? 50 : 57, side: 6) }
    #expect(groups(annotations) == [[0, 2, 4, 6], [1, 3, 5, 7]])
  }

  @Test func distantSlicesAreOtherNodules() throws {
    let below = try cuboid(1, x: 50, side: 6, slices: [0, 1])
    let above = try cuboid(2, x: 50, side: 6, slices: [4, 5])
    #expect(groups([below, above]) == [[1], [2]])
  }

  @Test func voxelIsTheShareOfReadersAndSegTheirHalf() throws {
    // Three readers: cubes of 10 mm, shifted by 4 mm each along x.
    let slices = (0..<10).map(Double.init)
    let annotations = try (0..<3).map { try cuboid($0, x: 50 + 4 * Double($0), side: 10, slices: slices) }
    let nodule = LIDCNodule(name: "P_1", patient: "P", scan: 1, annotations: annotations)
    let (voxel, seg) = nodule.volumes()
    // Along x the three cover 4 mm alone, 4 mm in twos, 2 mm in threes, 4 in twos, 4 alone; 10 × 10 across.
    var counts: [UInt8: Int] = [:]
    for value in voxel where value > 0 { counts[value, default: 0] += 1 }
    #expect(counts == [85: 800, 170: 800, 255: 200])
    #expect(zip(voxel, seg).allSatisfy { ($0 >= 128) == $1 })
    #expect(!nodule.isCropped)
    expectClose(nodule.volume, 1000)
  }

  @Test func twoReadersAreHalfEach() throws {
    let nodule = LIDCNodule(
      name: "P_1", patient: "P", scan: 1,
      annotations: [try cuboid(1, x: 50, side: 6), try cuboid(5, x: 55, side: 6)])
    let (voxel, seg) = nodule.volumes()
    #expect(Set(voxel) == [0, 128, 255])
    #expect(zip(voxel, seg).allSatisfy { ($0 > 0) == $1 })
    #expect(nodule.label(by: .malignancy) == nil)  // the mean is 3
    #expect(nodule.label(by: .spiculation) == 0)
  }

  @Test func largeNodulesAreCropped() throws {
    let nodule = LIDCNodule(
      name: "P_1", patient: "P", scan: 1, annotations: [try cuboid(5, x: 50, side: 70)])
    #expect(nodule.isCropped)
    #expect(nodule.volumes().seg.count { $0 } == 64 * 64 * 3)
    #expect(nodule.label(by: .malignancy) == nil)  // one reader only
  }

  @Test(arguments: ["", "1,2,3", "a,2", "1", "1,2\nx", "99999999999,2"]) func badOutlinesAreRefused(
    _ text: String
  ) {
    #expect(throws: Problem.self) {
      try LIDCContour(includes: true, z: 0, coordinates: text, at: "contour 1")
    }
  }
}

/// Databases that are none; the real one is in LIDCDatabaseTests.
@Suite struct LIDCBadDatabaseTests {
  @Test func nothingIsLeftBehind() throws {
    let scratch = try ScratchFolder()
    try Files.writeAtomically("no database", to: scratch("text"))
    for path in ["text", "nowhere"] {
      #expect(throws: Problem.self) { try LIDCBuilder().build(from: scratch(path), to: scratch("out")) }
    }
    #expect(try Files.list(scratch.path) == ["text"])
  }
}
