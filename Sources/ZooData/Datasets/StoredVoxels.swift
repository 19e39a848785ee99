import ZooCore
import ZooFormats
import ZooVolume

/// An array of [C, D, H, W] as a file holds it, and how its numbers become voxels.
struct StoredVoxels: Sendable {
  /// Where it stands, for messages.
  let place: String
  /// The numbers as they are stored.
  let array: NDArray
  /// What makes values of the numbers; nil where they are values.
  let scaling: NIfTIHeader.Scaling?
  /// C
  let channels: Int
  /// [D, H, W]
  let axes: [Int]
  /// From a voxel (w, h, d) to millimetres; nil where that is not known.
  let affine: Affine?
  /// Position of the first voxel, and the steps along D, H and W.
  private let start: Int
  private let steps: [Int]

  /// Takes a volume, D×H×W or C×D×H×W; anything else is a `Problem`, and so are numbers that are not finite.
  init(_ array: NDArray, at place: String) throws {
    try StoredVoxels.checkShape(array.shape, at: place)
    self.place = place
    self.array = array
    scaling = nil
    affine = nil
    let axes = Array(array.shape.suffix(3))
    self.axes = axes
    channels = array.shape.count == 4 ? array.shape[0] : 1
    start = 0
    steps = [axes[1] * axes[2], axes[2], 1]
    try requireFinite()
  }

  /// Takes the voxels of a NIfTI file, its axes laid along the nearest ones of the body: D from below to above, H from
  /// behind to front, W from left to right.
  init(_ header: NIfTIHeader, _ array: NDArray, at place: String) throws {
    self.place = place
    self.array = array
    scaling = header.scaling
    channels = header.channels
    guard let nearest = header.affine.nearestAxes else { throw Problem("the affine is flat", at: place) }
    let ownSteps = [1, header.axes[0], header.axes[0] * header.axes[1]]
    var start = 0
    var (sizes, steps, columns) = ([0, 0, 0], [0, 0, 0], header.affine.columns)
    var origin = header.affine.origin
    for (own, (axis, isReversed)) in nearest.enumerated() {
      sizes[axis] = header.axes[own]
      steps[axis] = isReversed ? -ownSteps[own] : ownSteps[own]
      columns[axis] = isReversed ? -header.affine.columns[own] : header.affine.columns[own]
      guard isReversed else { continue }
      start += (header.axes[own] - 1) * ownSteps[own]
      origin += header.affine.columns[own] * Double(header.axes[own] - 1)
    }
    self.start = start
    self.steps = steps.reversed()
    axes = sizes.reversed()
    affine = Affine(columns: columns, origin: origin)
    try requireFinite()
  }

  /// Refuses what is no volume.
  static func checkShape(_ shape: [Int], at place: String) throws {
    guard [3, 4].contains(shape.count), shape.allSatisfy({ $0 > 0 }) else {
      throw Problem(
        "wrong shape", at: place, expected: "a volume, D×H×W", found: NDArray.text(of: shape),
        next: shape.count == 5 ? "a case is one volume, with channels as its first axis" : nil)
    }
  }

  private func requireFinite() throws {
    guard !array.type.isInteger, let first = array.firstNotFinite else { return }
    let values = array.floats()
    let index = first % axes.reduce(1, *)
    let own = Array(array.shape.suffix(3))
    let position = [index / (own[1] * own[2]), index / own[2] % own[1], index % own[2]]
    throw Problem(
      "\(values.count { !$0.isFinite }) values are no finite numbers", at: place, expected: "finite numbers",
      found: "\(values[first]) at \(position)", next: "repair or leave out the case")
  }

  /// All of D, H and W.
  var bounds: [Range<Int>] { axes.map { 0..<$0 } }

  /// The part of all channels between these bounds of D, H and W, [C × D × H × W] in C order, as stored.
  func part(_ bounds: [Range<Int>]) throws -> NDArray {
    if bounds == self.bounds, steps == [axes[1] * axes[2], axes[2], 1] { return array }
    let shape = [channels] + bounds.map(\.count)
    let bytes =
      switch array.type.size {
      case 1: gathered(bounds, UInt8.self)
      case 2: gathered(bounds, UInt16.self)
      case 4: gathered(bounds, UInt32.self)
      default: gathered(bounds, UInt64.self)
      }
    return try NDArray(type: array.type, shape: shape, bytes: bytes)
  }

  private func gathered<Word: BitwiseCopyable>(_ bounds: [Range<Int>], _: Word.Type) -> [UInt8] {
    let size = MemoryLayout<Word>.size
    let count = channels * bounds.map(\.count).reduce(size, *)
    return array.bytes.withUnsafeBytes { source in
      [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
        let target = UnsafeMutableRawBufferPointer(target)
        for c in 0..<channels {
          for d in bounds[0] {
            for h in bounds[1] {
              let row = c * axes.reduce(1, *) + start + d * steps[0] + h * steps[1]
              for w in bounds[2] {
                let value = source.loadUnaligned(fromByteOffset: (row + w * steps[2]) * size, as: Word.self)
                target.storeBytes(of: value, toByteOffset: initialized, as: Word.self)
                initialized += size
              }
            }
          }
        }
      }
    }
  }

  /// The same part as values.
  func floats(_ bounds: [Range<Int>]) throws -> [Float] {
    let part = try part(bounds)
    guard let scaling else { return part.floats() }
    return part.doubles().map { Float($0 * scaling.slope + scaling.intercept) }
  }

  /// The same part as truth values, one byte each, inside where not zero.
  func inside(_ bounds: [Range<Int>]) throws -> [UInt8] {
    if array.type.size == 1, scaling == nil { return try part(bounds).bytes }
    return try floats(bounds).map { $0 == 0 ? 0 : 1 }
  }
}
