import ZooGraph

/// How an operation reads a stored tensor: through normalisation, activation and dropout that are computed again whenever
/// they are needed instead of being kept.
struct View: Sendable {
  let storage: Int
  var affine = Affine.none
  var activation: Activation?
  var dropout: Dropout?

  enum Affine: Sendable {
    case none
    /// The same two numbers for every channel.
    case uniform(factor: Float, offset: Float)
    /// A batch norm: position in `Program.norms`.
    case norm(Int)
  }

  struct Dropout: Sendable {
    let rate: Float
    let spatial: Bool
    /// Tells the masks of different layers apart.
    let salt: Int
  }

  /// Whether reading changes nothing.
  var isIdentity: Bool {
    if case .none = affine { return activation == nil && dropout == nil }
    return false
  }

  /// The batch norm it reads through.
  var norm: Int? {
    if case .norm(let index) = affine { return index }
    return nil
  }
}
