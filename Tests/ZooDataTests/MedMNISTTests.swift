import Foundation
import Testing
import ZooCore
import ZooData
import ZooFormats

/// Files of scripts/fixtures/medmnist.py, written by NumPy.
private func open(_ name: String) throws -> any DataSource {
  try DataKinds.builtIn.open(dataFixture(name))
}

private func read(_ name: String, _ part: DataPart = .train, channels: Int = 1) throws -> Dataset {
  let format = SampleFormat(size: [5, 6, 7], volumeChannels: channels, mask: .ignore)
  return try Dataset(reading: open(name), part: part, format: format, classes: 4, threads: 2)
}

/// The script's formula.
private func expected(_ number: Int, channels: Int = 1) -> [Float] {
  (0..<channels * 210).map { index in
    let (c, d, h, w) = (index / 210, index / 42 % 5, index / 7 % 6, index % 7)
    return Float((37 * number + 49 * d + 7 * h + w + 100 * c) % 251)
  }
}

@Test(arguments: ["medmnist.npz", "medmnist_big_endian.npz"])
func medMNISTHasItsOwnSplit(file: String) throws {
  #expect(
    try open(file).summary
      == "MedMNIST3D file, 8 training, 4 validation, 3 test cases, 5×6×7, 2 classes")
  let train = try read(file)
  #expect(train.cases.map(\.name) == (0..<8).map { "train_\($0)" } + (0..<4).map { "val_\($0)" })
  #expect(train.cases.map(\.role) == (0..<12).map { $0 < 8 ? .training : .validation })
  #expect(train.cases.map(\.label) == (0..<12).map { $0 % 2 })
  for index in 0..<12 { #expect(sample(train, index) == expected(index)) }
  let test = try read(file, .test)
  #expect(test.cases.map(\.name) == ["test_0", "test_1", "test_2"] && test.cases.map(\.label) == [0, 1, 0])
  for index in 0..<3 { #expect(sample(test, index) == expected(12 + index)) }
}

@Test func medMNISTMayHaveClassesAndChannels() throws {
  #expect(try open("medmnist_organs.npz").classes == 4)
  #expect(try read("medmnist_organs.npz").cases.map(\.label) == (0..<12).map { $0 % 4 })
  let header = try #require(open("medmnist_channels.npz").firstHeader())
  #expect(header.channels == 3 && header.axes == [5, 6, 7] && !header.hasMask)
  let data = try read("medmnist_channels.npz", channels: 3)
  for index in 0..<12 { #expect(sample(data, index) == expected(index, channels: 3)) }
}

@Test(arguments: [
  ("medmnist_labels.npz", "val_labels: wrong shape: expected 4×1, a label a case, found 4×14"),
  (
    "medmnist_flat.npz",
    "no volumes: expected numbers, N×D×H×W, found uint8 8×28×28×3; images of two dimensions"
  ),
  ("medmnist_fortran.npz", "train_images: is stored in Fortran order"),
])
func wrongMedMNISTFilesSayWhy(file: String, message: String) throws {
  let problem = #expect(throws: Problem.self) { try read(file) }
  #expect(try #require(problem).description.contains(message), "\(problem?.description ?? "")")
}

@Test func aMaskIsAskedForInVain() throws {
  let problem = #expect(throws: Problem.self) {
    try Dataset(
      reading: open("medmnist.npz"), format: SampleFormat(size: [5, 6, 7]), classes: 2, threads: 1)
  }
  #expect(try #require(problem).description.contains("there are no masks"))
}

@Test func aCutMedMNISTFileIsAProblem() throws {
  let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: dataFixture("medmnist.npz"))))
  let folder = FileManager.default.temporaryDirectory.appending(path: "zoo-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for change in [1, 200, 600, 900, 1500, bytes.count - 40] {
    for cut in [true, false] {
      var damaged = bytes
      if cut { damaged.removeSubrange(change...) } else { damaged[change] ^= 0x55 }
      let file = folder.appending(path: "d.npz").path
      try Files.writeAtomically(damaged, to: file)
      // Whatever it is, it is said, or does no harm.
      do {
        let format = SampleFormat(size: [5, 6, 7], mask: .ignore)
        _ = try Dataset(reading: DataKinds.builtIn.open(file), format: format, classes: 2, threads: 2)
        #expect(!cut, "cut at \(change)")
      } catch { #expect(error is Problem) }
    }
  }
}
