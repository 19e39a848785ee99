import ZooCore

/// A NIfTI-1 or NIfTI-2 file with header and voxels in one, `.nii` or `.nii.gz`.
///
/// Memory for the voxels is taken only after their size was found to be possible.
public enum NIfTIFile {
  /// The header alone; a `Problem` too for one whose voxels `read` would refuse.
  public static func header(of path: String) throws -> NIfTIHeader {
    try inside(path) {
      var start = try Files.read(path, first: 4096)
      let isGzip = GzipReader.isGzip(start)
      if isGzip { start = try GzipReader(start).read(NIfTIHeader.longest) }
      let header = try NIfTIHeader(Array(start.prefix(NIfTIHeader.longest)))
      _ = try size(of: header, isGzip: isGzip, stored: try Files.size(ofFile: path), limit: limit)
      return header
    }
  }

  /// Bytes of voxels that are read, at most: 4 GiB.
  public static let limit = 4 << 30

  /// Bytes of the voxels, if there may be so many in a file of `stored` bytes.
  private static func size(of header: NIfTIHeader, isGzip: Bool, stored: Int, limit: Int) throws -> Int {
    let shape = [header.channels] + header.axes.reversed()
    guard let size = header.type.bytes(shape: shape), size <= limit else {
      throw Problem(
        "too large", expected: "at most \(limit) bytes",
        found: "\(header.type.rawValue) \(NDArray.text(of: shape))")
    }
    // A byte of deflate gives at most 1,032.
    guard (isGzip ? size / 1032 : size) <= stored else {
      throw Problem("cut short", expected: "\(size) bytes of voxels", next: "copy the file again")
    }
    return size
  }

  /// Header and voxels, [channels, z, y, x] in C order as they are stored, little endian; no more than `limit` bytes.
  public static func read(_ path: String, limit: Int = limit) throws -> (
    header: NIfTIHeader, voxels: NDArray
  ) {
    try inside(path) {
      let bytes = try Files.read(path, limit: limit)
      let isGzip = GzipReader.isGzip(bytes)
      let reader = isGzip ? try GzipReader(bytes) : nil
      let start = try reader?.read(NIfTIHeader.longest) ?? Array(bytes.prefix(NIfTIHeader.longest))
      let header = try NIfTIHeader(start)
      let shape = [header.channels] + header.axes.reversed()
      let size = try size(of: header, isGzip: isGzip, stored: bytes.count, limit: limit)
      let end = header.dataOffset + size
      var all = reader == nil ? bytes : start
      if let reader, end > start.count { all += try reader.read(end - start.count) }
      guard all.count >= end else {
        throw Problem(
          "cut short", expected: "\(end) bytes", found: "\(all.count)", next: "copy the file again")
      }
      // What follows the voxels is not looked at, but the end of the data has the checksum.
      _ = try reader?.read(1)
      let layout = StoredLayout(bigEndian: header.bigEndian)
      let voxels = layout.normalized(Array(all[header.dataOffset..<end]), type: header.type, shape: shape)
      return (header, try NDArray(type: header.type, shape: shape, bytes: voxels))
    }
  }

  private static func inside<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let problem as Problem {
      throw problem.place?.hasPrefix(path) == true ? problem : problem.inside(path)
    }
  }
}
