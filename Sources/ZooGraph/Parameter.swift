/// A named array that belongs to one operation: its shape in PyTorch's axis order, how it starts, whether it learns.
public struct Parameter: Hashable, Sendable {
  /// Path of the parameter: `block1.layer2.conv1.weight`.
  public var name: String
  /// Sizes in PyTorch's order; a convolution's weight is (O, I/groups, D, H, W).
  public let shape: [Int]
  /// How it starts.
  public let initializer: Initializer
  /// Whether training changes it; running statistics are state and do not learn.
  public let isTrainable: Bool
  /// Whether L2 regularisation and weight decay apply: kernels only.
  public let decays: Bool

  /// Describes a parameter.
  public init(
    name: String, shape: [Int], initializer: Initializer, isTrainable: Bool = true, decays: Bool = false
  ) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
    self.isTrainable = isTrainable
    self.decays = decays
  }

  /// Number of values.
  public var count: Int { shape.reduce(1, *) }
}

/// How a parameter starts.
public enum Initializer: Hashable, Sendable {
  /// Every value the same.
  case constant(Float)
  /// Uniform in ±√(6 / fan in) (He et al. 2015).
  case heUniform(fanIn: Int)
  /// Normal with variance 2 / fan in (He et al. 2015).
  case heNormal(fanIn: Int)
  /// Uniform in ±√(6 / (fan in + fan out)) (Glorot, Bengio 2010).
  case glorotUniform(fanIn: Int, fanOut: Int)
}
