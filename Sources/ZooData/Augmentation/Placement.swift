/// How a sample is taken out of a case: where the crop lies, and how it is turned.
public struct Placement: Hashable, Sendable {
  /// Voxels by which the crop is shifted along D, H and W before it is turned.
  public let shift: (depth: Int, height: Int, width: Int)
  /// How it is turned.
  public let symmetry: CubeSymmetry

  /// A placement.
  public init(shift: (depth: Int, height: Int, width: Int), symmetry: CubeSymmetry = .identity) {
    self.shift = shift
    self.symmetry = symmetry
  }

  /// The centre crop as it is.
  public static let centre = Placement(shift: (0, 0, 0))

  /// Whether two placements take the same sample.
  public static func == (a: Placement, b: Placement) -> Bool {
    a.shift == b.shift && a.symmetry == b.symmetry
  }

  /// Hashes shift and symmetry.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(shift.depth)
    hasher.combine(shift.height)
    hasher.combine(shift.width)
    hasher.combine(symmetry)
  }
}

/// A placement as index arithmetic: where the result's first voxel lies in a crop's box, and how far a step along each
/// axis of the result goes there.
struct Walk {
  /// Position of the first voxel within a channel.
  let start: Int
  /// Steps along the result's axes.
  let steps: (Int, Int, Int)
  /// Sizes of the result's axes.
  let counts: (Int, Int, Int)
  /// Voxels of a channel of the box.
  let channel: Int

  init(_ placement: Placement, in format: SampleFormat) {
    let (size, margin, shift) = (format.size, format.margin, placement.shift)
    precondition(
      max(abs(shift.depth), abs(shift.height), abs(shift.width)) <= margin, "a shift stays within the margin")
    precondition(placement.symmetry.preserves(size), "a turned crop keeps its shape")
    let (height, width) = (size[1] + 2 * margin, size[2] + 2 * margin)
    channel = (size[0] + 2 * margin) * height * width
    counts = (size[0], size[1], size[2])
    var start =
      ((margin + shift.depth) * height + margin + shift.height) * width + margin + shift.width
    /// Step of an axis of the result; a reversed one starts at its far end.
    func step(_ axis: Int, along source: Int) -> Int {
      let step = source == 0 ? height * width : source == 1 ? width : 1
      guard placement.symmetry.isReversed(axis) else { return step }
      start += (size[axis] - 1) * step
      return -step
    }
    let (a, b, c) = placement.symmetry.axes
    steps = (step(0, along: a), step(1, along: b), step(2, along: c))
    self.start = start
  }
}
