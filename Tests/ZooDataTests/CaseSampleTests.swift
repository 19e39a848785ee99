import Foundation
import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooVolume

/// A table of one volume with a mask, in a folder that is removed by the caller.
private func source() throws -> (any DataSource, URL) {
  let folder = FileManager.default.temporaryDirectory.appending(path: "zoo-sample-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let rows = """
    name,file,mask,label,part
    a,\(dataFixture("nifti/flipped.nii.gz")),\(dataFixture("nifti/mask.nii.gz")),1,train
    b,\(dataFixture("nifti/flipped.nii.gz")),,,test

    """
  try Data(rows.utf8).write(to: folder.appending(path: "volumes.csv"))
  return (try DataKinds.builtIn.open(folder.path), folder)
}

/// The value that a file has at a point of the body; nil where that is no voxel.
private func value(of file: String, at point: SIMD3<Double>) throws -> Float? {
  let (header, array) = try NIfTIFile.read(dataFixture(file))
  let inverse = try #require(header.affine.inverse)
  let index = inverse(point)
  let place = (0..<3).map { Int(index[$0].rounded()) }
  guard (0..<3).allSatisfy({ abs(index[$0] - Double(place[$0])) < 1e-4 }),
    zip(place, header.axes).allSatisfy({ (0..<$1).contains($0) })
  else { return nil }
  let axes = header.axes
  return array.floats()[(place[2] * axes[1] + place[1]) * axes[0] + place[0]]
}

@Test(arguments: [SampleFormat.Mask.multiply, .ignore, .channel])
func aSamplesVoxelsLieWhereTheFileSays(use: SampleFormat.Mask) throws {
  let (source, folder) = try source()
  defer { try? FileManager.default.removeItem(at: folder) }
  let format = SampleFormat(size: [3, 2, 4], mask: use, padding: -77)
  let sample = try CaseSample(reading: source, name: "a", format: format, classes: 2)
  #expect(sample.item.label == 1 && sample.part == .train)
  let affine = try #require(sample.affine)
  let mask = try #require(sample.mask)
  var found = 0
  for d in 0..<3 {
    for h in 0..<2 {
      for w in 0..<4 {
        let index = (d * 2 + h) * 4 + w
        let point = affine(SIMD3(Double(w), Double(h), Double(d)))
        let stored = try value(of: "nifti/flipped.nii.gz", at: point)
        let inside = try value(of: "nifti/mask.nii.gz", at: point) ?? 0
        #expect(sample.volume[index] == stored ?? -77)
        #expect(mask[index] == (inside != 0))
        found += stored == nil ? 0 : 1
      }
    }
  }
  #expect(found > 8 && mask.contains(true) && mask.contains(false))
  // The network's own sample is that of the data set.
  let dataset = try Dataset(reading: source, format: format, classes: 2, threads: 1)
  var own = [Float](repeating: 0, count: format.shape.count)
  own.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { dataset.write(0, .centre, to: base) } }
  #expect(sample.voxels == own)
}

@Test func aResampledSampleKeepsItsPlace() throws {
  let (source, folder) = try source()
  defer { try? FileManager.default.removeItem(at: folder) }
  let format = SampleFormat(size: [4, 3, 2], mask: .ignore, spacing: [1.5, 0.5, 2])
  let sample = try CaseSample(reading: source, name: "b", format: format, classes: 2)
  let affine = try #require(sample.affine)
  let lengths = affine.columns.map { ($0 * $0).sum().squareRoot() }
  for (length, expected) in zip(lengths, [2, 0.5, 1.5]) { #expect(abs(length - expected) < 1e-9) }
  // The middle of the sample is that of the volume, to half a voxel of the grid.
  let header = try NIfTIFile.header(of: dataFixture("nifti/flipped.nii.gz"))
  let half = header.axes.map { Double($0 - 1) / 2 }
  let distance = affine(SIMD3(0.5, 1, 1.5)) - header.affine(SIMD3(half[0], half[1], half[2]))
  #expect(abs(distance.x) <= 2.001 && abs(distance.y) <= 0.501 && abs(distance.z) <= 1.501)
}

@Test func aCaseIsFoundInEitherPart() throws {
  let (source, folder) = try source()
  defer { try? FileManager.default.removeItem(at: folder) }
  let format = SampleFormat(size: [2, 2, 2], mask: .ignore)
  let sample = try CaseSample(reading: source, name: "b", format: format, classes: 2)
  #expect(sample.part == .test && sample.item.label == nil && sample.mask == nil)
  let wrong: [(name: String, part: DataPart?, message: String)] = [
    ("cc", nil, "there is no case \"cc\""),
    ("b", .train, "there is no case \"b\" in the part train_val; it is in the part test: --part test"),
    ("bb", .train, "there is no case \"bb\" in the part train_val; did you mean \"a\"?"),
  ]
  for (name, part, message) in wrong {
    let problem = #expect(throws: Problem.self) {
      try CaseSample(reading: source, name: name, part: part, format: format, classes: 2)
    }
    #expect(try #require(problem).description.contains(message), "\(problem?.description ?? "")")
  }
}
