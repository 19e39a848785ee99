import Testing
import ZooCore
import ZooFormats

@Suite("HDF5")
struct HDF5Tests {
  /// A file of Keras' (scripts/fixtures/keras_weights.py).
  private static func keras(_ name: String) -> String { fixture("../keras/\(name)") }

  @Test("groups, attributes and compressed float64 as h5py wrote them")
  func reading() throws {
    let (plain, packed) = (
      try HDF5File(reading: Self.keras("branches.h5")), try HDF5File(reading: Self.keras("rewritten.h5"))
    )
    let names = try #require(try plain.strings("layer_names", of: ""))
    #expect(names.count == 19 && names.first == "input_1" && names.last == "dense_623")
    #expect(
      try #require(try packed.strings("layer_names0", of: ""))
        + #require(try packed.strings("layer_names1", of: "")) == names)
    #expect(try plain.strings("nothing", of: "") == nil && plain.strings("x", of: "nothing") == nil)
    #expect(try plain.strings("weight_names", of: "elu") == [])
    #expect(try packed.children(of: "").sorted() == names.sorted())
    for name in names {
      for weight in try #require(try plain.strings("weight_names", of: name)) {
        let array = try plain.array("\(name)/\(weight)")
        #expect(try array == packed.array("\(name)/\(weight)") && array.count > 0)
      }
    }
    #expect(try plain.shape("dense_622/dense_622/kernel:0") == [240, 5])
    problem("is not in the file") { try plain.array("dense_622/kernel") }
    problem("not a dataset") { try plain.array("dense_622") }
    problem("is not in the file") { try plain.children(of: "dense_622/../..") }
  }

  @Test("what is written reads back, and the same twice gives the same bytes")
  func writing() throws {
    try withFolder { folder in
      let paths = ["\(folder)/a.h5", "\(folder)/b.h5"]
      for path in paths {
        let file = try HDF5Writer(for: path)
        try file.makeGroup("a/b")
        try file.write(["one", "", "drei und vier"], attribute: "list", of: "a/b")
        try file.write([], attribute: "none", of: "a")
        try file.write("word", attribute: "scalar", of: "")
        try file.write([1, -2.5, .infinity, 4, 5, 6], shape: [1, 3, 2], to: "a/c/values")
        try file.write([7], shape: [], to: "scalar")
        try file.write([], shape: [0, 2], to: "empty")
        problem("cannot be used") { try file.makeGroup("a/b") }
        try file.finish()
      }
      #expect(try Files.read(paths[0]) == Files.read(paths[1]))
      let file = try HDF5File(reading: paths[0])
      #expect(try file.children(of: "") == ["a", "empty", "scalar"])
      #expect(try file.strings("list", of: "a/b") == ["one", "", "drei und vier"])
      #expect(try file.strings("none", of: "a") == [] && file.strings("scalar", of: "") == ["word"])
      #expect(
        try file.array("a/c/values")
          == NDArray(shape: [1, 3, 2], float: [1, -2.5, .infinity, 4, 5, 6]))
      #expect(try file.array("scalar") == NDArray(shape: [], float: [7]))
      #expect(try file.array("empty").shape == [0, 2])
      #expect(file.hasGroup("a/c") && file.hasDataset("scalar") && !file.hasGroup("scalar"))
    }
  }

  @Test("what is no HDF5 file is refused")
  func otherFiles() throws {
    try withFolder { folder in
      problem("not an HDF5 file") { try HDF5File(reading: fixture("small.safetensors")) }
      let bytes = try Files.read(Self.keras("rewritten.h5"))
      for length in [0, 7, 8, 100, bytes.count / 2, bytes.count - 1] {
        try put(Array(bytes[..<length]), "\(folder)/x.h5")
        problem("\(folder)/x.h5") { try HDF5File(reading: "\(folder)/x.h5") }
      }
    }
  }
}
