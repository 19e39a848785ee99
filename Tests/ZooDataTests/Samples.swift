import FoundationEssentials
import Testing
import ZooCore
import ZooData
import ZooVolume

/// The voxels and mask of scripts/fixtures/samples.py.
func numberedVolume(_ axes: [Int]) -> (voxels: [UInt8], mask: [UInt8]) {
  var (voxels, mask): ([UInt8], [UInt8]) = ([], [])
  for d in 0..<axes[0] {
    for h in 0..<axes[1] {
      for w in 0..<axes[2] {
        voxels.append(UInt8((d * 7 + h * 13 + w * 29) % 251 + 1))
        mask.append((d + 2 * h + 3 * w) % 5 != 0 ? 1 : 0)
      }
    }
  }
  return (voxels, mask)
}

/// A sample as an array.
func sample(_ crop: Crop, _ placement: Placement = .centre) -> [Float] {
  [Float](unsafeUninitializedCapacity: crop.format.shape.count) { buffer, count in
    buffer.initialize(repeating: .nan)
    if let base = buffer.baseAddress { crop.write(placement, to: base) }
    count = buffer.count
  }
}

/// A case of a data set as an array.
func sample(_ dataset: Dataset, _ index: Int) -> [Float] {
  [Float](unsafeUninitializedCapacity: dataset.format.shape.count) { buffer, count in
    if let base = buffer.baseAddress { dataset.write(index, .centre, to: base) }
    count = buffer.count
  }
}

/// An augmentation of built-in steps.
func augmentation(_ list: JSONValue) throws -> Augmentation {
  try Augmentation(list, among: Registry(augmentationSteps: builtInAugmentationSteps))
}

/// A data set of small cubes, each voxel of case i is i + 1; two classes, three cases a patient.
func smallDataset(_ count: Int, size: Int = 4, margin: Int = 1) -> Dataset {
  let format = SampleFormat(size: [size, size, size], margin: margin)
  let axes = format.size.map { $0 + 2 * margin }
  let voxels = axes.reduce(1, *)
  return Dataset(
    place: "test", cases: (0..<count).map { Case(name: "c\($0)", label: $0 % 2, patient: "p\($0 / 3)") },
    crops: (0..<count).map { index in
      Crop(
        floats: (0..<voxels).map { Float(index + 1) + Float($0) / Float(voxels) }, axes: axes, mask: nil,
        format: format)
    }, format: format)
}

/// The numbers that scripts/fixtures/samples.py made with NumPy.
func samplesReference(_ key: String) throws -> [JSONValue] {
  let path = #filePath.replacing("ZooDataTests/Samples.swift", with: "Fixtures/training/samples.json")
  let data = try #require(FileManager.default.contents(atPath: path))
  return try JSONValue(parsing: data, from: "samples.json").list(key)
}

extension JSONValue {
  /// The array of a key.
  func list(_ key: String) throws -> [JSONValue] {
    guard case .object(let values) = self, case .array(let list) = values[key] else {
      throw Problem("no array \(key)")
    }
    return list
  }

  /// The numbers of a key's array.
  func floats(_ key: String) throws -> [Float] {
    try list(key).map {
      if case .number(let number) = $0 { Float(number) } else { throw Problem("no number") }
    }
  }

  /// The whole numbers of a key's array.
  func integers(_ key: String) throws -> [Int] { try list(key).map { try #require($0.wholeNumber) } }
}

/// The path of a file in Tests/Fixtures/data.
func dataFixture(_ name: String) -> String {
  #filePath.replacing("ZooDataTests/Samples.swift", with: "Fixtures/data/\(name)")
}

/// The numbers that scripts/fixtures/augmentation.py made with NumPy and SciPy.
func augmentationReference(_ key: String) throws -> [JSONValue] {
  let path = #filePath.replacing(
    "ZooDataTests/Samples.swift", with: "Fixtures/augmentation/augmentation.json")
  let data = try #require(FileManager.default.contents(atPath: path))
  return try JSONValue(parsing: data, from: "augmentation.json").list(key)
}
