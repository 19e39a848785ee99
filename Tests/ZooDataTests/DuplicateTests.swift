import Testing
import ZooCore
import ZooData
import ZooFormats

private let axes = [13, 16, 17]

/// Volumes of noise about a bright ellipsoid, 13×16×17, each of its own.
private func volume(_ number: Int) -> [UInt8] {
  var draws = Seed(7).child(number).stream()
  let radius = 3 + 4 * draws.unit()
  let centre = (0..<3).map { Double(axes[$0]) / 2 + 2 * draws.unit() }
  return (0..<axes.reduce(1, *)).map { index in
    let place = [index / (axes[1] * axes[2]), index / axes[2] % axes[1], index % axes[2]]
    let distance = (0..<3).reduce(0.0) {
      $0 + (Double(place[$1]) - centre[$1]) * (Double(place[$1]) - centre[$1])
    }
    return UInt8((distance < radius * radius ? 120 : 40) + draws.index(below: 60))
  }
}

private func dataset(_ volumes: [[UInt8]]) -> Dataset {
  let format = SampleFormat(size: axes, volumeChannels: 1, mask: .ignore, padding: 0)
  return Dataset(
    place: "here", cases: volumes.indices.map { Case(name: "case\($0)", label: $0 % 2) },
    crops: volumes.map { Crop(bytes: $0, axes: axes, mask: nil, format: format) }, format: format)
}

/// All neighbourhoods of 5³ voxels.
private func neighbourhoods(_ volume: [UInt8]) -> Set<[UInt8]> {
  var all: Set<[UInt8]> = []
  for d in 0...axes[0] - 5 {
    for h in 0...axes[1] - 5 {
      for w in 0...axes[2] - 5 {
        var own: [UInt8] = []
        for plane in d..<d + 5 {
          for row in h..<h + 5 {
            let start = (plane * axes[1] + row) * axes[2] + w
            own += volume[start..<start + 5]
          }
        }
        all.insert(own)
      }
    }
  }
  return all
}

@Test func nearlyTheSameVolumesAreFound() throws {
  var volumes = (0..<6).map(volume)
  var draws = Seed(9).stream()
  // Brighter, with noise; darker; two voxels further along; turned about all axes; and the same in every voxel.
  volumes.append(volumes[1].map { UInt8(min(255, Double($0) * 1.2 + Double(draws.index(below: 3)))) })
  volumes.append(volumes[4].map { $0 / 2 })
  volumes.append([0, 0] + volumes[2].dropLast(2))
  volumes.append(volumes[3].reversed())
  volumes += [Array(repeating: 9, count: volumes[0].count), Array(repeating: 9, count: volumes[0].count)]
  let found = dataset(volumes).nearDuplicates()
  #expect(found.map { [$0.first, $0.second] } == [[1, 6], [4, 7], [2, 8], [3, 9]])
  #expect(found.prefix(2).allSatisfy { $0.correlation > 0.995 && $0.correlation <= 1 + 1e-12 })
  #expect(found[2].correlation < 0.995 && found[3].correlation < 0.995 && found[3].overlap == 1)
  // The share of common neighbourhoods, counted out; of a sketch of 128 it is known to 0.16, four standard deviations.
  let (own, others) = (neighbourhoods(volumes[2]), neighbourhoods(volumes[8]))
  let share = Double(own.intersection(others).count) / Double(own.union(others).count)
  #expect(share < 0.95 && abs(found[2].overlap - share) < 0.16)
  #expect(dataset((0..<6).map(volume)).nearDuplicates() == [])
}

/// Shapes of few grey levels have patterns of their own too: no two balls are taken for copies, at other places or not.
@Test func shapesAreToldApart() {
  let balls = (0..<7).map { number -> [UInt8] in
    let radii = (0..<3).map { axis in 2.5 + Double((number * (axis + 1)) % 7) / 2 }
    return (0..<axes.reduce(1, *)).map { index in
      let place = [index / (axes[1] * axes[2]), index / axes[2] % axes[1], index % axes[2]]
      let distance = (0..<3).reduce(0.0) { sum, axis in
        let offset = (Double(place[axis]) - Double(axes[axis]) / 2) / radii[axis]
        return sum + offset * offset
      }
      return distance < 1 ? 255 : 0
    }
  }
  let found = dataset(balls + [[0] + balls[3].dropLast()]).nearDuplicates().map { [$0.first, $0.second] }
  #expect(found == [[3, 7]])
}

/// A digest knows names, labels, patients and files, and neither the folder nor other columns.
@Test func aDigestTellsOtherData() throws {
  let scratch = try ScratchFolder()
  func digest(_ folder: String, rows: String, voxel: UInt8) throws -> String {
    try Files.makeFolder(scratch("\(folder)/train_val"))
    let arrays = [
      (name: "voxel", array: NDArray(shape: [2, 2, 2], uint8: Array(repeating: voxel, count: 8))),
      (name: "seg", array: NDArray(shape: [2, 2, 2], bool: Array(repeating: true, count: 8))),
    ]
    try NPZFile.write(arrays, to: scratch("\(folder)/train_val/a.npz"), compressed: true)
    try Files.writeAtomically(rows, to: scratch("\(folder)/train_val.csv"))
    return try DataDigest(of: M3DVFolder(scratch(folder)), threads: 2).value()
  }
  let first = try digest("one", rows: "name,label,patient\na,1,p\n", voxel: 3)
  #expect(first.count == 64)
  #expect(try digest("two", rows: "name,age,label,patient\na,30,1,p\n", voxel: 3) == first)
  let others = try [
    digest("three", rows: "name,label,patient\na,1,p\n", voxel: 4),
    digest("four", rows: "name,label,patient\na,0,p\n", voxel: 3),
    digest("five", rows: "name,label,patient\na,1,q\n", voxel: 3),
  ]
  #expect(Set(others + [first]).count == 4)
}
