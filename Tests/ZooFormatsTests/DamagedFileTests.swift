import Testing
import ZooCore
import ZooFormats

/// Files with every byte missing or wrong in turn: a problem or the right array, never a crash.
@Suite("Damaged files")
struct DamagedFileTests {
  /// The file cut at every length, and with each byte changed in four ways.
  private func damaged(_ bytes: [UInt8], _ check: ([UInt8]) throws -> Void) rethrows {
    for length in bytes.indices { try check(Array(bytes[..<length])) }
    for position in bytes.indices {
      for mask: UInt8 in [0x01, 0x10, 0x80, 0xFF] {
        var changed = bytes
        changed[position] ^= mask
        try check(changed)
      }
    }
  }

  @Test("NPZ", arguments: ["sample.npz", "versions.npz"])
  func npz(name: String) throws {
    let bytes = try Files.read(fixture(name))
    let original = try NPZFile(reading: fixture(name))
    let arrays = try original.names.map { try original.array($0) }
    var refused = 0
    try withFolder { folder in
      let path = Files.join(folder, "x.npz")
      try damaged(bytes) { bytes in
        try put(bytes, path)
        do {
          let file = try NPZFile(reading: path)
          for name in file.names {
            do {
              // A wrong byte may change a member's name, but its CRC guards what it holds.
              let array = try file.array(name)
              #expect(arrays.contains(array))
            } catch let problem as Problem {
              #expect("\(problem)".hasPrefix("\(path): \(name): "))
              refused += 1
            }
          }
        } catch let problem as Problem {
          #expect("\(problem)".hasPrefix("\(path): "))
          refused += 1
        }
      }
    }
    #expect(refused > 3 * bytes.count)
  }

  @Test("Safetensors", arguments: ["small.safetensors", "bfloat16.safetensors"])
  func safetensors(name: String) throws {
    let bytes = try Files.read(fixture(name))
    try withFolder { folder in
      let path = Files.join(folder, "x.safetensors")
      try damaged(bytes) { bytes in
        try put(bytes, path)
        do {
          for tensor in try SafetensorsFile(reading: path).tensors().values {
            #expect(tensor.type.bytes(shape: tensor.shape) == tensor.bytes.count)
            #expect(tensor.doubles().count == tensor.count)
          }
        } catch let problem as Problem {
          #expect("\(problem)".hasPrefix("\(path): "))
          #expect(!"\(problem)".contains("\n"))
        }
      }
      for length in bytes.indices {
        try put(Array(bytes[..<length]), path)
        problem(path) { try SafetensorsFile(reading: path) }
      }
    }
  }
}
