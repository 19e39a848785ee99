import Testing
import ZooCore
import ZooFormats

/// Archives that are whole, but whose members lie.
@Suite("NPZ: archives that lie")
struct HostileArchiveTests {
  /// An .npy file of version 1.0.
  private func npy(_ text: String, data: [UInt8] = []) -> [UInt8] {
    let text = Array(text.utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
      + data
  }

  private func header(_ descr: String = "|u1", order: String = "False", shape: String) -> String {
    "{'descr': '\(descr)', 'fortran_order': \(order), 'shape': \(shape), }\n"
  }

  /// A zip with one stored member x.npy; `size` is what it declares, and not what it has.
  private func zip(_ content: [UInt8], size: UInt32? = nil) -> [UInt8] {
    func le(_ value: UInt32, _ count: Int = 4) -> [UInt8] {
      (0..<count).map { UInt8(value >> (8 * $0) & 0xFF) }
    }
    let name = Array("x.npy".utf8)
    let stored = UInt32(content.count)
    let common =
      le(20, 2) + le(0) + le(0, 2) + le(0x21, 2) + le(crc32(content)) + le(stored) + le(size ?? stored)
      + le(UInt32(name.count), 2) + le(0, 2)
    let local = le(0x0403_4B50) + common + name + content
    let central = le(0x0201_4B50) + le(20, 2) + common + le(0, 6) + le(0) + le(0) + name
    let end =
      le(0x0605_4B50) + le(0) + le(1, 2) + le(1, 2) + le(UInt32(central.count)) + le(UInt32(local.count))
    return local + central + end + le(0, 2)
  }

  private func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }

  private func read(_ archive: [UInt8], limit: Int = 2 << 30) throws -> NDArray {
    try withFolder { folder in
      let path = Files.join(folder, "a.npz")
      try put(archive, path)
      return try NPZFile(reading: path, limit: limit).array("x")
    }
  }

  @Test("the archives made here are read when they do not lie")
  func honest() throws {
    let array = try read(zip(npy(header(shape: "(3,)"), data: [1, 2, 3])))
    #expect(try array.uint8s() == [1, 2, 3])
    // Python 2 wrote sizes with an L; any order of keys, either quote and no last comma are fine too.
    let text = "{\"shape\": ( 1L , 3L ), 'fortran_order':True,'descr':'u1'}"
    #expect(try read(zip(npy(text, data: [1, 2, 9]))).shape == [1, 3])
    #expect(try read(zip(npy(header("|b1", shape: "(3,)"), data: [0, 7, 1]))).uint8s() == [0, 1, 1])
  }

  @Test("sizes that are not there")
  func sizes() {
    problem("a.npz: x: declared size and shape do not agree", "uint8 4") {
      try read(zip(npy(header(shape: "(4,)"), data: [1, 2, 3])))
    }
    problem("a.npz: x: declared size and shape do not agree") {
      try read(zip(npy(header(shape: "(2,)"), data: [1, 2, 3])))
    }
    // 1 GB declared in both places, and nothing there.
    let text = header(shape: "(1000000000,)")
    problem("a.npz: x: declares more bytes than it can hold") {
      try read(zip(npy(text), size: 1_000_000_010 + UInt32(text.utf8.count)))
    }
    let small = header(shape: "(50,)")
    problem("a.npz: x: ") { try read(zip(npy(small), size: 60 + UInt32(small.utf8.count))) }
    // More there than declared.
    problem("a.npz: x: ") {
      try read(zip(npy(small, data: Array(repeating: 1, count: 99)), size: 60 + UInt32(small.utf8.count)))
    }
  }

  @Test("a bomb: small file, large array")
  func bomb() throws {
    try withFolder { folder in
      let path = Files.join(folder, "a.npz")
      let zeros = NDArray(shape: [3_000_000], uint8: Array(repeating: 0, count: 3_000_000))
      try NPZFile.write([("x", zeros)], to: path, compressed: true)
      #expect(try Files.size(ofFile: path) < 10_000)
      let file = try NPZFile(reading: path, limit: 2_999_999)
      problem("\(path): x: too large: expected at most 2999999 bytes, found uint8 3000000") {
        try file.array("x")
      }
      #expect(try NPZFile(reading: path, limit: 3_000_000).array("x") == zeros)
    }
  }

  @Test(
    "headers that are refused",
    arguments: [
      ("", "malformed"), ("{", "malformed"), ("{}", "structured"), ("{'descr': '|u1'}", "lacks"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': 3}", "malformed"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (3)}", "malformed"),
      ("{'descr': '|u1', 'fortran_order': 0, 'shape': (3,)}", "malformed"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (-3,)}", "malformed"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (3,)} x", "malformed"),
      ("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (3,)}", "unexpected key \"descr\""),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), 'x': 'y'}", "unexpected key \"x\""),
      ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,)}", "structured"),
      ("{'descr': '\\x7cu1', 'fortran_order': False, 'shape': (3,)}", "without escapes"),
      ("{'descr': '|O', 'fortran_order': False, 'shape': (3,)}", "pickle"),
      ("{'descr': 'O8', 'fortran_order': False, 'shape': (3,)}", "pickle"),
      ("{'descr': '', 'fortran_order': False, 'shape': (3,)}", "found \"\""),
      ("{'descr': '<f16', 'fortran_order': False, 'shape': (3,)}", "found \"<f16\""),
      ("{'descr': '|f4', 'fortran_order': False, 'shape': (3,)}", "found \"|f4\""),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,)}", "too large"),
      ("{'descr': '<f8', 'fortran_order': True, 'shape': (4294967296, 4294967296)}", "too large"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (1152921504606846976,)}", "too large"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (\(String(repeating: "1,", count: 65)))}", "axes"),
      (String(repeating: " ", count: 60_000), "malformed"), ("\u{0}", "malformed"), ("é", "malformed"),
    ])
  func headers(text: String, message: String) {
    problem("a.npz: x: ", message) { try read(zip(npy(text, data: [1, 2, 3]))) }
  }

  @Test("starts that are no array's")
  func starts() {
    problem("a.npz: x: not an array") { try read(zip([])) }
    problem("a.npz: x: not an array") { try read(zip(Array("some words".utf8))) }
    problem("a.npz: x: unknown .npy version", "4.0") {
      try read(zip([0x93] + Array("NUMPY".utf8) + [4, 0, 1, 0, 0, 0]))
    }
    problem("a.npz: x: ", "too long") {
      try read(zip([0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255]))
    }
    problem("a.npz: x: ", "cut short") { try read(zip([0x93] + Array("NUMPY".utf8) + [2, 0, 1, 0])) }
    problem("a.npz: x: ", "cut short") { try read(zip([0x93] + Array("NUMPY".utf8) + [1, 0, 9, 0])) }
  }
}
