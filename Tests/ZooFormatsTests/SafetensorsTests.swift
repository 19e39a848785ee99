import Testing
import ZooCore
import ZooFormats

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

@Suite("Safetensors")
struct SafetensorsTests {
  /// Writes a file from a header and tensor bytes and reads it.
  private func read(_ header: String, _ data: [UInt8] = [], length: Int? = nil) throws -> SafetensorsFile {
    try withFolder { folder in
      let path = Files.join(folder, "x.safetensors")
      let length = UInt64(bitPattern: Int64(length ?? header.utf8.count))
      try put((0..<8).map { UInt8(length >> (8 * $0) & 0xFF) } + Array(header.utf8) + data, path)
      return try SafetensorsFile(reading: path)
    }
  }

  @Test("every type, as the safetensors package wrote it", arguments: numpyTypes)
  func types(type: ElementType) throws {
    let file = try SafetensorsFile(reading: fixture("types.safetensors"))
    #expect(file.metadata == ["note": "größe \"1\""])
    #expect(Set(file.names) == Set(numpyTypes.map(\.rawValue)))
    let tensor = try file.tensor(type.rawValue)
    #expect(tensor.type == type)
    #expect(tensor.shape == [2, 3, 4])
    #expect(tensor.doubles() == ramp(type))
  }

  @Test("bfloat16")
  func bfloat16() throws {
    let tensor = try SafetensorsFile(reading: fixture("bfloat16.safetensors")).tensor("b")
    #expect(tensor.type == .bfloat16)
    #expect(tensor.shape == [2, 2])
    #expect(tensor.floats() == [1, -2.5, 3.140625, 0x1p127])
    #expect(tensor.doubles() == [1, -2.5, 3.140625, 0x1p127])
  }

  @Test("the bytes written are those of the safetensors package, but for the order of the header's keys")
  func written() throws {
    try withFolder { folder in
      let reference = fixture("types.safetensors")
      let file = try SafetensorsFile(reading: reference)
      let path = Files.join(folder, "a.safetensors")
      let tensors = try file.tensors().map { (name: $0.key, array: $0.value) }
      try SafetensorsFile.write(tensors: tensors, metadata: file.metadata, to: path)
      let (ours, theirs) = (try Files.read(path), try Files.read(reference))
      let copy = try SafetensorsFile(reading: path)
      #expect(copy.metadata == file.metadata)
      #expect(try copy.tensors() == file.tensors())
      // The header's length, and the tensors from a multiple of 8 on.
      let length = ours[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      #expect(length % 8 == 0)
      #expect(Array(ours[(8 + length)...]) == Array(theirs.suffix(ours.count - 8 - length)))

      try SafetensorsFile.write(tensors: tensors.reversed(), metadata: file.metadata, to: path)
      #expect(try Files.read(path) == ours)
    }
  }

  @Test("no tensors, scalars, empty tensors")
  func edges() throws {
    #expect(try read("{}").names.isEmpty)
    let scalar = "{\"x\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}   "
    #expect(try read(scalar, [7]).tensor("x").uint8s() == [7])
    let empty = "{\"x\":{\"dtype\":\"F32\",\"shape\":[0,9],\"data_offsets\":[0,0]}}"
    #expect(try read(empty).tensor("x").floats() == [])
    problem("x.safetensors: has no tensor \"y\"") { try read(empty).tensor("y") }
  }

  @Test("values as floats, to where they are wanted", arguments: numpyTypes)
  func floatsInPlace(type: ElementType) throws {
    let file = try SafetensorsFile(reading: fixture("types.safetensors"))
    #expect(file.shape(of: type.rawValue) == [2, 3, 4])
    #expect(file.shape(of: "nothing") == nil)
    var floats = [Float](repeating: -1, count: 26)
    try floats.withUnsafeMutableBufferPointer {
      try file.read(type.rawValue, into: UnsafeMutableBufferPointer(rebasing: $0[1..<25]))
    }
    #expect(floats == [-1] + ramp(type).map { Float($0) } + [-1])
  }

  @Test("a file that changes after it was opened")
  func changed() throws {
    try withFolder { folder in
      let path = Files.join(folder, "a.safetensors")
      func write(_ values: [Float]) throws {
        try SafetensorsFile.write(tensors: [("x", NDArray(shape: [values.count], float: values))], to: path)
      }
      try write([1, 2, 3])
      let file = try SafetensorsFile(reading: path)
      try write([4, 5])  // put in its place, which leaves the opened one as it was
      #expect(try file.tensor("x").floats() == [1, 2, 3])

      let cut = try SafetensorsFile(reading: path)
      #expect(truncate(path, off_t(try Files.size(ofFile: path) - 1)) == 0)
      problem("a.safetensors: the file was cut short while it was read") { try cut.tensor("x") }
    }
  }

  @Test("trained values that are no finite numbers", arguments: [Float.infinity, -.infinity, .nan, -.nan])
  func notFinite(value: Float) throws {
    for place in 0..<40 {
      var values = (0..<40).map { Float($0 - 20) * 1.7e37 }
      let array = NDArray(shape: [40], float: values)
      #expect(try array.finiteFloats(at: "x") == values)
      values[place] = value
      problem("x: the weights are damaged") { try NDArray(shape: [40], float: values).finiteFloats(at: "x") }
    }
  }

  @Test(
    "headers that are refused",
    arguments: [
      (entry("F8_E5M2", "[1]", "[0,1]"), "x: unsupported dtype \"F8_E5M2\"; there are: BOOL, U8"),
      (entry("U8", "[2]", "[0,1]"), "x: data_offsets do not fit the shape"),
      (entry("U8", "[1]", "[1,2]"), "x: tensors overlap or leave a gap"),
      (entry("U8", "[1]", "[1,0]"), "x: wrong data_offsets"),
      (entry("U8", "[1]", "[0]"), "x: wrong data_offsets"),
      (entry("U8", "[-1]", "[0,1]"), "x: header.shape: wrong value: expected whole numbers from 0"),
      (entry("U8", "[0.5]", "[0,1]"), "x: header.shape: wrong value: expected whole numbers from 0"),
      (entry("F64", "[900000000000000,900000000000000]", "[0,1]"), "x: data_offsets do not fit the shape"),
      (entry("U8", "[2]", "[0,2]"), "cut short or too long: expected 2 bytes of tensors, found 1"),
      (entry("U8", "[1e999]", "[0,1]"), "x.safetensors"),
      (entry("U8", "1", "[0,1]"), "x: header.shape: wrong value: expected an array"),
      ("{\"x\":1}", "expected an object"), ("{\"x\":{\"dtype\":\"U8\"}}", "missing key \"shape\""),
      ("{\"__metadata__\":{\"a\":1}}", "__metadata__: wrong value: expected strings"),
      ("{\"x\":", "not valid JSON"), ("[]", "starts with {"), ("", "starts with {"),
      ("{" + String(repeating: "\"a\":{", count: 100_000), "x.safetensors"),
    ])
  func refused(header: String, message: String) {
    problem("x.safetensors: ", message) { try read(header, [1]) }
  }

  @Test("lengths of the header that cannot be", arguments: [3, 1 << 40, -1])
  func lengths(length: Int) {
    problem("x.safetensors: ") { try read("{}", length: length) }
  }

  @Test("what cannot be written")
  func cannotWrite() throws {
    let array = NDArray(shape: [1], uint8: [1])
    problem("/dev/null: tensor names") {
      try SafetensorsFile.write(tensors: [("a", array), ("a", array)], to: "/dev/null")
    }
    problem("/dev/null: tensor names") {
      try SafetensorsFile.write(tensors: [("__metadata__", array)], to: "/dev/null")
    }
    problem("/dev/full: no space left") {
      try SafetensorsFile.write(tensors: [("a", array)], to: "/dev/full")
    }
  }
}

/// A header with one tensor x.
private func entry(_ type: String, _ shape: String, _ offsets: String) -> String {
  "{\"x\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}}"
}
