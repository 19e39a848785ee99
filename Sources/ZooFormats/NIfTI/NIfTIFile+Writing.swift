import ZooCore
public import ZooVolume

extension NIfTIFile {
  /// What a file to be written holds.
  public struct Contents: Sendable {
    /// [D, H, W], W the fastest: z, y and x of the file.
    public var axes: [Int]
    /// C · D · H · W values; more than one channel become a fourth axis.
    public var voxels: [Float]
    /// From voxel (w, h, d) to millimetres right, anterior and superior; nil where a voxel's place is not known: the file
    /// says voxels of size 1 then, and of no unit.
    public var affine: Affine?
    /// Values a viewer begins with; nil for its own choice.
    public var window: ClosedRange<Float>?
    /// A few words, of which 79 bytes are kept.
    public var description: String

    /// Describes a file.
    public init(
      axes: [Int], voxels: [Float], affine: Affine? = nil, window: ClosedRange<Float>? = nil,
      description: String = ""
    ) {
      self.axes = axes
      self.voxels = voxels
      self.affine = affine
      self.window = window
      self.description = description
    }
  }

  /// Writes a NIfTI-1 file of float32 in little endian, compressed where the path ends in `.gz`; it appears whole or not at all.
  ///
  /// The affine is the sform. A `Problem` where an axis has more than 32,767 voxels, or values are no whole channels.
  public static func write(_ contents: Contents, to path: String) throws {
    let volume = contents.axes.reduce(1, *)
    guard contents.axes.count == 3, contents.axes.allSatisfy({ (1...32_767).contains($0) }),
      !contents.voxels.isEmpty, contents.voxels.count.isMultiple(of: volume),
      contents.voxels.count / volume <= 32_767
    else {
      throw Problem(
        "does not fit NIfTI-1", at: path, expected: "1 to 32767 voxels an axis",
        found: "\(contents.voxels.count) values of \(NDArray.text(of: contents.axes))")
    }
    var bytes = header(of: contents, channels: contents.voxels.count / volume)
    bytes.reserveCapacity(bytes.count + 4 * contents.voxels.count)
    for value in contents.voxels {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    try Files.writeAtomically(path.hasSuffix(".gz") ? GzipWriter.compressed(bytes) : bytes, to: path)
  }

  /// 348 bytes of header, and four that say that no extension follows.
  private static func header(of contents: Contents, channels: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 352)
    func put<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at offset: Int) {
      bytes.withUnsafeMutableBytes {
        $0.storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
      }
    }
    func put(_ value: Double, at offset: Int) { put(Float(value).bitPattern, at: offset) }
    put(Int32(348), at: 0)
    let dims = [channels > 1 ? 4 : 3] + contents.axes.reversed() + [channels, 1, 1, 1]
    for (index, size) in dims.enumerated() { put(Int16(size), at: 40 + 2 * index) }
    put(Int16(16), at: 70)  // float32
    put(Int16(32), at: 72)
    let affine =
      contents.affine
      ?? Affine(columns: [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)], origin: SIMD3(0, 0, 0))
    let sizes = affine.columns.map { ($0 * $0).sum().squareRoot() }
    for (index, size) in ([1] + sizes + [1, 1, 1, 1]).enumerated() { put(size, at: 76 + 4 * index) }
    put(352.0, at: 108)  // where the voxels begin
    put(1.0, at: 112)  // stored numbers are the values
    put(UInt8(contents.affine == nil ? 0 : 2), at: 123)  // millimetres
    if let window = contents.window {
      put(Double(window.upperBound), at: 124)
      put(Double(window.lowerBound), at: 128)
    }
    for (index, byte) in contents.description.utf8.prefix(79).enumerated() { bytes[148 + index] = byte }
    // The sform holds the scanner's coordinates, or the voxels' where nothing is known.
    put(Int16(1), at: 254)
    for row in 0..<3 {
      let values = affine.columns.map { $0[row] } + [affine.origin[row]]
      for (index, value) in values.enumerated() { put(value, at: 280 + 16 * row + 4 * index) }
    }
    bytes.replaceSubrange(344..<348, with: Array("n+1\0".utf8))
    return bytes
  }
}
