import ZooCore
public import ZooVolume

/// What stands before the voxels of a NIfTI-1 or NIfTI-2 file, in either byte order.
///
/// Source: the NIfTI-1 and NIfTI-2 standards (nifti.nimh.nih.gov).
public struct NIfTIHeader: Sendable {
  /// What a voxel is stored as.
  public let type: ElementType
  /// Sizes of the axes x, y and z, the first the fastest.
  public let axes: [Int]
  /// Volumes behind each other: the size of the fourth axis, or the fifth.
  public let channels: Int
  /// Factor and summand that turn stored numbers into values; nil where they are the values.
  public let scaling: Scaling?
  /// From voxel (x, y, z) to millimetres right, anterior and superior.
  public let affine: Affine
  let bigEndian: Bool
  let dataOffset: Int

  /// stored · slope + intercept
  public struct Scaling: Hashable, Sendable {
    /// The factor.
    public let slope: Double
    /// The summand.
    public let intercept: Double
  }

  /// The bytes of the longest header, which are enough to read either.
  static let longest = 540
  private static let types: [Int: (ElementType, bits: Int)] = [
    2: (.uint8, 8), 4: (.int16, 16), 8: (.int32, 32), 16: (.float32, 32), 64: (.float64, 64), 256: (.int8, 8),
    512: (.uint16, 16), 768: (.uint32, 32), 1024: (.int64, 64), 1280: (.uint64, 64),
  ]

  /// Reads the first bytes of a file.
  init(_ bytes: [UInt8]) throws {
    func size(_ bigEndian: Bool) -> Int {
      bytes.count < 4 ? 0 : HeaderFields(bytes: bytes, bigEndian: bigEndian).integer(Int32.self, at: 0)
    }
    guard let order = [false, true].first(where: { [348, 540].contains(size($0)) }) else {
      throw Problem("not a NIfTI file", expected: "a header of 348 or 540 bytes", found: "\(size(false))")
    }
    let fields = HeaderFields(bytes: bytes, bigEndian: order)
    let isFirst = size(order) == 348
    guard bytes.count >= size(order) else {
      throw Problem("the header is cut short", next: "copy the file again")
    }
    try Self.checkMagic(isFirst ? Array(bytes[344..<348]) : Array(bytes[4..<8]), isFirst)
    bigEndian = order
    let dims = (0..<8).map {
      isFirst ? fields.integer(Int16.self, at: 40 + 2 * $0) : fields.integer(Int64.self, at: 16 + 8 * $0)
    }
    (axes, channels) = try Self.shape(dims)
    let code = fields.integer(Int16.self, at: isFirst ? 70 : 12)
    let bits = fields.integer(Int16.self, at: isFirst ? 72 : 14)
    guard let (type, expected) = Self.types[code] else {
      throw Problem(
        "unsupported type of voxels", expected: "integers or floats", found: "NIfTI's code \(code)")
    }
    guard bits == expected else {
      throw Problem(
        "bits of a voxel do not fit its type", expected: "\(expected) for \(type.rawValue)", found: "\(bits)")
    }
    self.type = type
    let start = isFirst ? fields.float(at: 108) : Double(fields.integer(Int64.self, at: 168))
    guard start >= Double(size(order)), start < 1e9, start == start.rounded() else {
      throw Problem("wrong place of the voxels", expected: "a byte behind the header", found: "\(start)")
    }
    dataOffset = Int(start)
    scaling = try Self.scaling(
      slope: isFirst ? fields.float(at: 112) : fields.double(at: 176),
      intercept: isFirst ? fields.float(at: 116) : fields.double(at: 184))
    affine = try NIfTIGeometry(fields, isFirst: isFirst).affine()
    guard type.bytes(shape: [channels] + axes) != nil else {
      throw Problem("the shape is too large", found: NDArray.text(of: [channels] + axes))
    }
  }

  private static func checkMagic(_ magic: [UInt8], _ isFirst: Bool) throws {
    let wanted = isFirst ? "n+1\0" : "n+2\0"
    if magic == Array(wanted.utf8) { return }
    let isPair = magic == Array((isFirst ? "ni1\0" : "ni2\0").utf8)
    throw Problem(
      isPair ? "the voxels are in a file of their own" : "not a NIfTI file",
      expected: "magic bytes \"\(wanted.dropLast())\"",
      next: isPair ? "save it as a single file, .nii or .nii.gz" : nil)
  }

  private static func shape(_ dims: [Int]) throws -> (axes: [Int], channels: Int) {
    let text = dims.map(String.init).joined(separator: " ")
    guard (1...7).contains(dims[0]) else {
      throw Problem("wrong number of axes", expected: "1 to 7", found: "\(dims[0])")
    }
    let sizes = (1...7).map { $0 <= dims[0] ? dims[$0] : 1 }
    guard sizes.allSatisfy({ (1...1 << 31).contains($0) }) else {
      throw Problem("wrong sizes of the axes", expected: "1 or more each", found: "dim \(text)")
    }
    let more = sizes[3...].filter { $0 > 1 }
    guard more.count <= 1, sizes[5] == 1, sizes[6] == 1 else {
      throw Problem(
        "too many axes", expected: "three, and one of channels (t or vector)", found: "dim \(text)",
        next: "save one series a file")
    }
    return (Array(sizes[..<3]), more.first ?? 1)
  }

  private static func scaling(slope: Double, intercept: Double) throws -> Scaling? {
    // Zero says that there is none, and so do numbers that are none.
    guard slope != 0, slope.isFinite else { return nil }
    guard intercept.isFinite else {
      throw Problem("wrong scl_inter", expected: "a number, as scl_slope is one", found: "\(intercept)")
    }
    return slope == 1 && intercept == 0 ? nil : Scaling(slope: slope, intercept: intercept)
  }
}
