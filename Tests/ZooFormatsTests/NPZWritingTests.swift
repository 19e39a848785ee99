import Testing
import ZooCore
import ZooFormats

@Suite("NPZ: writing")
struct NPZWritingTests {
  @Test("what was written is read", arguments: [true, false])
  func roundTrip(compressed: Bool) throws {
    try withFolder { folder in
      let arrays: [(name: String, array: NDArray)] = [
        ("voxel", NDArray(shape: [2, 3], uint8: [0, 1, 2, 253, 254, 255])),
        ("seg", NDArray(shape: [3], bool: [true, false, true])),
        ("größe", NDArray(shape: [], double: [0.1])),
        ("none", NDArray(shape: [4, 0], float: [])),
        ("f", NDArray(shape: [1, 1, 2], float: [.leastNonzeroMagnitude, -.infinity])),
        ("i", NDArray(shape: [2], int64: [.min, .max])),
        ("j", NDArray(shape: [2], int32: [.min, .max])),
      ]
      let path = Files.join(folder, "a.npz")
      try NPZFile.write(arrays, to: path, compressed: compressed)
      let npz = try NPZFile(reading: path)
      #expect(npz.names == arrays.map(\.name))
      for (name, array) in arrays { #expect(try npz.array(name) == array) }
      #expect(try Files.list(folder) == ["a.npz"])
    }
  }

  @Test("the bytes of an array inside are NumPy's", arguments: numpyTypes)
  func bytes(type: ElementType) throws {
    // Both archives are stored, so that the .npy files stand in them as they are.
    let reference = fixture("c_order.npz")
    let array = try NPZFile(reading: reference).array(type.rawValue)
    try withFolder { folder in
      let path = Files.join(folder, "a.npz")
      try NPZFile.write([("x", array)], to: path, compressed: false)
      let written = try Files.read(path)
      let start = try #require(written.firstRange(of: [0x93] + Array("NUMPY".utf8))).lowerBound
      let npy = written[start..<start + 128 + array.bytes.count]
      #expect(try Files.read(reference).firstRange(of: npy) != nil)
    }
  }

  @Test("the same arrays give the same file")
  func reproducible() throws {
    try withFolder { folder in
      let array = NDArray(shape: [100], uint8: (0..<100).map { $0 })
      for name in ["a", "b"] {
        try NPZFile.write([("x", array)], to: Files.join(folder, name), compressed: true)
      }
      #expect(try Files.read(Files.join(folder, "a")) == Files.read(Files.join(folder, "b")))
    }
  }

  @Test("what cannot be written")
  func refused() throws {
    try withFolder { folder in
      let path = Files.join(folder, "a.npz")
      let array = NDArray(shape: [1], uint8: [1])
      let half = try NDArray(type: .bfloat16, shape: [1], bytes: [0, 0])
      problem(path, "\"x\"") {
        try NPZFile.write([("x", array), ("x", array)], to: path, compressed: true)
      }
      problem(path, "bfloat16", "convert it to float32") {
        try NPZFile.write([("x", half)], to: path, compressed: true)
      }
      problem("\(folder)/no/a.npz: no such") {
        try NPZFile.write([("x", array)], to: folder + "/no/a.npz", compressed: false)
      }
      problem("/dev/full: no space left") {
        try NPZFile.write([("x", array)], to: "/dev/full", compressed: false)
      }
      #expect(try Files.list(folder) == [])
    }
  }

  @Test("shapes that do not fit their bytes")
  func shapes() {
    problem("wrong number of bytes", "expected 24", "found 23") {
      try NDArray(type: .float32, shape: [2, 3], bytes: Array(repeating: 0, count: 23))
    }
    problem("impossible shape") { try NDArray(type: .uint8, shape: [1 << 40, 1 << 40], bytes: []) }
    problem("impossible shape") { try NDArray(type: .uint8, shape: [-1], bytes: []) }
  }
}
