import ZooGraph
import ZooVolume

/// A graph lowered to what the engine runs: stored tensors, batch norms that turn into two numbers a channel, and steps
/// that read through views and write one stored tensor each.
struct Program: Sendable {
  var storages: [Storage] = []
  var norms: [Norm] = []
  var steps: [Step] = []
  /// The storage of the network's input.
  var input = 0
  /// The storage of the result.
  var output = 0

  /// A batch norm over a stored tensor.
  struct Norm: Sendable {
    let storage: Int
    let epsilon: Float
    let momentum: Float
    /// Positions in `Graph.parameters`: weight, bias, running mean, running variance.
    let parameters: [Int]
    /// Whether it normalises by its running statistics in training too, and keeps them.
    let isFrozen: Bool
  }

  /// One operation that writes a stored tensor.
  struct Step: Sendable {
    let path: String
    let kind: Kind
    let inputs: [View]
    let output: Int
    /// Positions in `Graph.parameters`.
    let parameters: [Int]
  }

  enum Kind: Sendable {
    /// The caller's plain input into blocks.
    case load
    /// Computes a view and keeps it, in the same places or by channel where the places differ.
    case keep
    case convolution(Window, groups: Int, hasBias: Bool)
    case averagePool(Window, countsPadding: Bool)
    case maxPool(Window)
    case globalAveragePool
    case dense(units: Int, hasBias: Bool)
    case add
    case flatten
    case softmax
    case custom(any CustomOperation)
  }

  /// The buffer a storage lies in, and the place of its first channel there.
  func root(of id: Int) -> (storage: Int, place: Int) {
    var (storage, place) = (id, 0)
    while let parent = storages[storage].parent {
      storage = parent.storage
      place += parent.place
    }
    return (storage, place)
  }

  /// Sets how tensors are kept. The input and the result are the caller's, in f32; so are vectors, which are small.
  mutating func keep(as precision: Precision) {
    let result = root(of: output).storage
    for id in storages.indices {
      let root = root(of: id).storage
      let isOwn = root != result && !storages[root].isPlain && storages[root].shape.voxels > 1
      storages[id].precision = isOwn ? precision : .f32
    }
  }

  /// Whether a gradient has to go back through a view: to what it reads, or to its batch norm's parameters.
  func learns(through view: View) -> Bool {
    storages[view.storage].needsGradient || view.norm.map { !norms[$0].isFrozen } ?? false
  }

  /// The places a storage takes in its root's buffer.
  func places(of id: Int) -> Places {
    let (root, place) = root(of: id)
    return Places(root: root, range: place..<place + storages[id].map.stored)
  }
}

/// A run of channels in a buffer.
struct Places: Hashable, Sendable {
  let root: Int
  let range: Range<Int>

  func overlaps(_ other: Places) -> Bool { root == other.root && range.overlaps(other.range) }
}
