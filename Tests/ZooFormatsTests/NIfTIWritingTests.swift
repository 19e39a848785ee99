import Testing
import ZooCore
import ZooFormats
import ZooVolume

/// The affine of scripts/fixtures/nifti.py's `written` files.
private let affine = Affine(
  columns: [SIMD3(-0.5, 0, 0), SIMD3(0, 0.75, 0.2), SIMD3(0.1, 0, 2.5)], origin: SIMD3(10, -20.5, 3))

@Test(arguments: [("written.nii", 1), ("written_channels.nii", 2)])
func volumesAreWrittenAsNibabelDoes(name: String, channels: Int) throws {
  let contents = NIfTIFile.Contents(
    axes: [2, 3, 4], voxels: (0..<24 * channels).map { Float($0) }, affine: affine, window: 0...1,
    description: "voxelzoo: test")
  try withFolder { folder in
    let plain = Files.join(folder, "a.nii")
    try NIfTIFile.write(contents, to: plain)
    var (own, reference) = (try Files.read(plain), try Files.read(fixture(name)))
    // nibabel leaves the sform's rotation and shift in the fields of the qform, for which no code is set.
    for field in [76..<80, 256..<280] {
      own.replaceSubrange(field, with: repeatElement(0, count: field.count))
      reference.replaceSubrange(field, with: repeatElement(0, count: field.count))
    }
    #expect(own == reference)
    let zipped = Files.join(folder, "a.nii.gz")
    try NIfTIFile.write(contents, to: zipped)
    #expect(try Files.read(zipped).prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])
    let (header, voxels) = try NIfTIFile.read(zipped)
    #expect(header.axes == [4, 3, 2] && header.channels == channels && header.type == .float32)
    #expect(voxels.floats() == contents.voxels)
    for (read, given) in zip(header.affine.columns + [header.affine.origin], affine.columns + [affine.origin])
    {
      #expect(((read - given) * (read - given)).sum() < 1e-12)
    }
  }
}

@Test func aPlaceThatIsNotKnownIsNotMadeUp() throws {
  try withFolder { folder in
    let path = Files.join(folder, "a.nii")
    try NIfTIFile.write(.init(axes: [1, 2, 3], voxels: Array(repeating: 0.5, count: 6)), to: path)
    let bytes = try Files.read(path)
    #expect(bytes.count == 352 + 24 && bytes[123] == 0)
    let affine = try NIfTIFile.header(of: path).affine
    #expect(affine.columns == [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)] && affine.origin == .zero)
  }
}

@Test func whatNIfTICannotHoldIsRefused() throws {
  try withFolder { folder in
    let path = Files.join(folder, "a.nii")
    for (axes, count) in [
      ([1, 1, 40_000], 40_000), ([2, 2, 2], 9), ([2, 2, 2], 0), ([0, 2, 2], 4), ([2], 2),
    ] {
      problem("a.nii", "does not fit NIfTI-1") {
        try NIfTIFile.write(.init(axes: axes, voxels: Array(repeating: 0, count: count)), to: path)
      }
      #expect(!Files.exists(path))
    }
  }
}
