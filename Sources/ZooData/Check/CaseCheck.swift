import ZooCore
import ZooFormats

/// What one `.npz` file holds, and what is wrong with it.
struct CaseCheck: Sendable {
  /// Type and shape of `voxel`, like `uint8 100×100×100`; nil if it cannot be read.
  private(set) var voxel: String?
  /// Type and shape of `seg`.
  private(set) var seg: String?
  /// A hash of shape and voxel × seg; nil if they do not make a sample, or the sample is all zero.
  private(set) var content: UInt64?
  private(set) var findings: [DatasetFinding] = []

  /// Reads and examines a file; nothing it may hold is thrown or trapped on.
  init(of path: String) {
    do {
      let file = try NPZFile(reading: path, limit: 1 << 30)
      let voxel = try file.array("voxel")
      self.voxel = CaseCheck.text(of: voxel)
      let seg = try file.array("seg")
      self.seg = CaseCheck.text(of: seg)
      examine(voxel, seg, at: path)
    } catch {
      let problem = error as? Problem ?? Problem("\(error)")
      add(.unreadable, .error, (problem.place ?? "").hasPrefix(path) ? problem : problem.inside(path))
    }
  }

  /// Examines a volume of any kind that was read, or could not be.
  init(of volume: Result<Volume, any Error>, at name: String) {
    do {
      let volume = try volume.get()
      let voxels = volume.voxels
      voxel =
        "\(voxels.array.type.rawValue) \(NDArray.text(of: (voxels.channels > 1 ? [voxels.channels] : []) + voxels.axes))"
      var hash = ContentHash()
      for size in [voxels.channels] + voxels.axes { hash.add(UInt64(size)) }
      var isBlank = true
      for (index, value) in try voxels.floats(voxels.bounds).enumerated() where value != 0 {
        isBlank = false
        hash.add(UInt64(index))
        hash.add(UInt64(value.bitPattern))
      }
      if !isBlank { content = hash.value }
      guard let mask = volume.mask else { return }
      seg = "\(mask.array.type.rawValue) \(NDArray.text(of: mask.axes))"
      if try !mask.inside(mask.bounds).contains(where: { $0 != 0 }) {
        add(.emptyMask, .warning, Problem("empty mask", at: mask.place, next: "mend it, or leave it out"))
      }
    } catch {
      let problem = error as? Problem ?? Problem("\(error)")
      add(.unreadable, .error, problem.place == nil ? problem.inside(name) : problem)
    }
  }

  private static func text(of array: NDArray) -> String {
    "\(array.type.rawValue) \(NDArray.text(of: array.shape))"
  }

  private mutating func add(
    _ kind: DatasetFinding.Kind, _ severity: DatasetFinding.Severity, _ problem: Problem
  ) {
    findings.append(DatasetFinding(kind, severity, problem))
  }

  private mutating func examine(_ voxel: NDArray, _ seg: NDArray, at path: String) {
    if voxel.type != .uint8 {
      add(
        .unusualType, .warning,
        Problem("unusual type of \"voxel\"", at: path, expected: "uint8", found: voxel.type.rawValue))
    }
    if seg.type != .bool {
      add(
        .unusualType, .warning,
        Problem("unusual type of \"seg\"", at: path, expected: "bool", found: seg.type.rawValue))
    }
    guard voxel.shape.count == 3, voxel.count > 0 else {
      let next = voxel.shape.count == 2 ? "a slice is not enough: store the whole volume" : nil
      return add(
        .badShape, .error,
        Problem(
          "\"voxel\" is no volume", at: path, expected: "three axes", found: NDArray.text(of: voxel.shape),
          next: next))
    }
    guard seg.shape == voxel.shape else {
      return add(
        .badShape, .error,
        Problem(
          "\"seg\" has another shape than \"voxel\"", at: path, expected: NDArray.text(of: voxel.shape),
          found: NDArray.text(of: seg.shape)))
    }
    let mask = seg.type.size == 1 ? seg.bytes : seg.floats().map { $0 == 0 ? 0 : 1 }
    if !mask.contains(where: { $0 != 0 }) {
      add(
        .emptyMask, .warning,
        Problem("empty mask", at: path, next: "its sample, voxel × seg, is all zero: leave the case out"))
    }
    var hash = ContentHash()
    for size in voxel.shape { hash.add(UInt64(size)) }
    let isBlank =
      voxel.type == .uint8
      ? digest(voxel.bytes, mask, into: &hash) : digest(voxel.floats(), mask, at: path, into: &hash)
    if !isBlank { content = hash.value }
  }

  /// Adds voxel × seg of bytes; whether all of it is zero.
  private func digest(_ voxels: [UInt8], _ mask: [UInt8], into hash: inout ContentHash) -> Bool {
    var isBlank = true
    for index in voxels.indices where mask[index] != 0 && voxels[index] != 0 {
      isBlank = false
      hash.add(UInt64(index) << 8 | UInt64(voxels[index]))
    }
    return isBlank
  }

  /// The same for numbers of any other type, which may be none at all.
  private mutating func digest(
    _ voxels: [Float], _ mask: [UInt8], at path: String, into hash: inout ContentHash
  ) -> Bool {
    var wild = 0
    var isBlank = true
    for index in voxels.indices {
      if !voxels[index].isFinite { wild += 1 }
      guard mask[index] != 0, voxels[index] != 0 else { continue }
      isBlank = false
      hash.add(UInt64(index))
      hash.add(UInt64(voxels[index].bitPattern))
    }
    if wild > 0 {
      add(
        .notFinite, .error,
        Problem(
          "\"voxel\" holds NaN or infinity", at: path, expected: "numbers", found: "\(wild) such voxels"))
    }
    return isBlank
  }
}

/// FNV-1a over words, with a final mix: 64 bits that two contents share by chance once in 2⁶⁴.
struct ContentHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds a word.
  mutating func add(_ word: UInt64) {
    state = (state ^ word) &* 0x100_0000_01B3
    state ^= state >> 29
  }

  /// The hash of all words so far.
  var value: UInt64 { Seed(state).child(0).bits }
}
