public import ZooCore

/// One of the 48 ways to lay a cube onto itself: an order of the axes, and a direction along each.
///
/// They are the 24 rotations by 90° about the three axes, and their mirror images.
public struct CubeSymmetry: Hashable, Sendable {
  /// Its number, 0 ..< 48; 0 leaves the cube as it is.
  public let index: Int

  /// A symmetry by its number.
  public init(_ index: Int) {
    precondition((0..<48).contains(index), "there are 48 symmetries")
    self.index = index
  }

  /// Leaves the cube as it is.
  public static let identity = CubeSymmetry(0)

  /// The source axis that each axis of the result runs along.
  public var axes: (Int, Int, Int) {
    switch index / 8 {
    case 0: (0, 1, 2)
    case 1: (0, 2, 1)
    case 2: (1, 0, 2)
    case 3: (1, 2, 0)
    case 4: (2, 0, 1)
    default: (2, 1, 0)
    }
  }

  /// Whether an axis of the result runs against its source axis.
  public func isReversed(_ axis: Int) -> Bool { index >> axis & 1 == 1 }

  /// The symmetry that has the effect of this one and then the next.
  public func followed(by next: CubeSymmetry) -> CubeSymmetry {
    // Along an axis of the result runs an axis of what lies between, and along that one of the source.
    let (a, b, c) = next.axes
    let reversed =
      (next.isReversed(0) != isReversed(a) ? 1 : 0) + (next.isReversed(1) != isReversed(b) ? 2 : 0)
      + (next.isReversed(2) != isReversed(c) ? 4 : 0)
    let (first, second) = (source(a), source(b))
    // Orders are counted by their first axis, and by whether the other two stand the right way round.
    let order = 2 * first + (second == (first == 0 ? 1 : 0) ? 0 : 1)
    return CubeSymmetry(8 * order + reversed)
  }

  /// The source axis that an axis of the result runs along.
  private func source(_ axis: Int) -> Int { axis == 0 ? axes.0 : axis == 1 ? axes.1 : axes.2 }

  /// The mirror image along one axis.
  public static func mirror(_ axis: Int) -> CubeSymmetry { CubeSymmetry(1 << axis) }

  /// NumPy's `rot90(x, k, (first, second))`, first < second.
  public static func turn(_ k: Int, _ first: Int, _ second: Int) -> CubeSymmetry {
    let exchange = CubeSymmetry(8 * (first == 1 ? 1 : second == 1 ? 2 : 5))
    switch k & 3 {
    case 0: return identity
    case 1: return mirror(second).followed(by: exchange)
    case 2: return mirror(first).followed(by: mirror(second))
    default: return exchange.followed(by: mirror(second))
    }
  }

  /// Whether a box of this size keeps its shape.
  public func preserves(_ size: [Int]) -> Bool {
    let (a, b, c) = axes
    return size[a] == size[0] && size[b] == size[1] && size[c] == size[2]
  }

  /// One of the symmetries that keep a box's shape, each as likely as the others: 48 for a cube.
  public static func random(of size: [Int], from draws: inout RandomStream) -> CubeSymmetry {
    // Symmetries come in runs of eight with the same order of axes.
    var kept = 0
    for order in 0..<6 where CubeSymmetry(8 * order).preserves(size) { kept += 1 }
    var draw = draws.index(below: 8 * kept)
    for order in 0..<6 where CubeSymmetry(8 * order).preserves(size) {
      if draw < 8 { return CubeSymmetry(8 * order + draw) }
      draw -= 8
    }
    return .identity
  }
}
