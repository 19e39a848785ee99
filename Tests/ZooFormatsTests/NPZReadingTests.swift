import Testing
import ZooCore
import ZooFormats

@Suite("NPZ: reading what NumPy wrote")
struct NPZReadingTests {
  @Test(
    "every type, in every order",
    arguments: numpyTypes, ["c_order", "fortran_order", "big_endian", "big_endian_fortran"])
  func types(type: ElementType, file: String) throws {
    let npz = try NPZFile(reading: fixture("\(file).npz"))
    #expect(Set(npz.names) == Set(numpyTypes.map(\.rawValue)))
    let header = try npz.header(type.rawValue)
    #expect(header.type == type)
    #expect(header.shape == [2, 3, 4])
    let array = try npz.array(type.rawValue)
    #expect(array.type == type)
    #expect(array.shape == [2, 3, 4])
    #expect(array.doubles() == ramp(type))
    #expect(array.floats() == ramp(type).map { Float($0) })
    if type.isInteger {
      #expect(try array.int64s() == ramp(type).map { Int64($0) })
    } else {
      problem("wrong element type", type.rawValue) { try array.int64s() }
    }
    if type == .bool || type == .uint8 {
      #expect(try array.uint8s() == ramp(type).map { UInt8($0) })
    } else {
      problem("expected uint8 or bool, found \(type.rawValue)") { try array.uint8s() }
    }
  }

  @Test("scalars, empty arrays, five axes, extreme numbers")
  func edges() throws {
    let npz = try NPZFile(reading: fixture("edges.npz"))
    let scalar = try npz.array("scalar")
    #expect(scalar.shape == [])
    #expect(scalar.doubles() == [0.1])
    let empty = try npz.array("empty")
    #expect(empty.shape == [0, 5])
    #expect(empty.floats() == [])
    #expect(try npz.array("vector").int64s() == [0, 1, 2])
    let axes5 = try npz.array("axes5")
    #expect(axes5.shape == [2, 3, 4, 5, 1])
    #expect(try axes5.int64s() == (0..<120).map { Int64($0) })
    #expect(try npz.array("int64").int64s() == [.min, .max])
    let unsigned = try npz.array("uint64")
    #expect(unsigned.doubles() == [0, 0x1p64])
    problem("too large", "18446744073709551615") { try unsigned.int64s() }
    let half = try npz.array("half").floats()
    #expect(half.dropLast() == [0, 0, 1, 65504, 0x1p-24, 0.333_251_953_125, .infinity, -.infinity])
    #expect(half[1].sign == .minus)
    #expect(half.last?.isNaN == true)
  }

  @Test("header versions 1 to 3", arguments: ["v1", "v2", "v3"])
  func versions(name: String) throws {
    #expect(try NPZFile(reading: fixture("versions.npz")).array(name).doubles() == ramp(.float32))
  }

  @Test("a sample as in the challenge")
  func sample() throws {
    let npz = try NPZFile(reading: fixture("sample.npz"))
    let voxel = try npz.array("voxel").uint8s()
    let seg = try npz.array("seg").uint8s()
    #expect(voxel.count == 1728)
    for (i, (value, inside)) in zip(voxel, seg).enumerated() {
      let (x, y, z) = (Double(i % 12) - 5.5, Double(i / 12 % 12) - 5.5, Double(i / 144) - 5.5)
      let radius = (x * x + y * y + z * z).squareRoot()
      #expect(inside == (radius < 4 ? 1 : 0))
      #expect(value == UInt8(max(0, 255 - 30 * radius)))
    }
  }

  @Test(
    "pickles and other types are refused, their neighbours are not",
    arguments: [
      ("objects", "pickle"), ("structured", "structured type"), ("complex", "<c16"), ("text", "<U2"),
      ("time", "<M8[s]"),
    ])
  func refused(name: String, word: String) throws {
    let npz = try NPZFile(reading: fixture("refused.npz"))
    problem("refused.npz: \(name): ", word) { try npz.array(name) }
    problem("refused.npz: \(name): ", word) { try npz.header(name) }
    #expect(try npz.array("fine").int64s() == [0, 1])
  }

  @Test("a member that is not there")
  func missing() throws {
    let npz = try NPZFile(reading: fixture("sample.npz"))
    problem("sample.npz", "has no array \"voxels\"", "did you mean \"voxel\"?") { try npz.array("voxels") }
  }

  @Test("files that are no archives")
  func noArchive() throws {
    problem("no such file", "did you mean \"sample.npz\"?") { try NPZFile(reading: fixture("samples.npz")) }
    problem("is a folder") { try NPZFile(reading: fixture("")) }
    problem("types.safetensors: not a zip archive") { try NPZFile(reading: fixture("types.safetensors")) }
    try withFolder { folder in
      let path = Files.join(folder, "empty.npz")
      try Files.writeAtomically([], to: path)
      problem("\(path): empty file") { try NPZFile(reading: path) }
    }
  }
}
