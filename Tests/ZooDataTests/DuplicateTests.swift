import Testing
import ZooCore
import ZooData

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

@Test func nearlyTheSameVolumesAreFound() {
  var volumes = (0..<6).map(volume)
  var draws = Seed(9).stream()
  // Brighter, with noise; darker; a voxel further along; and the same in every voxel.
  volumes.append(volumes[1].map { UInt8(min(255, Double($0) * 1.2 + Double(draws.index(below: 3)))) })
  volumes.append(volumes[4].map { $0 / 2 })
  volumes.append([0] + volumes[2].dropLast())
  volumes += [Array(repeating: 9, count: volumes[0].count), Array(repeating: 9, count: volumes[0].count)]
  let all = dataset(volumes)
  let found = all.nearDuplicates(between: [0, 1, 2, 3, 4, 5, 9], and: [6, 7, 8, 10])
  #expect(found.map { [$0.first, $0.second] } == [[1, 6], [4, 7]])
  #expect(found.allSatisfy { $0.correlation > 0.995 && $0.correlation <= 1 + 1e-12 })
  #expect(all.nearDuplicates(between: [0, 2], and: [3, 4, 5]) == [])
}
