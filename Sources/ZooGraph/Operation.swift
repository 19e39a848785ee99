/// A primitive operation: what layers lower to, and all that the engine has to know how to run.
public enum Operation: Sendable {
  /// 3D convolution; parameters `weight` (O, I/groups, D, H, W) and, if it has one, `bias` (O).
  case convolution(Window, groups: Int, hasBias: Bool)
  /// Batch normalisation; parameters `weight` (γ), `bias` (β), `running_mean`, `running_var`, each (C).
  /// `momentum` is the share of the old running value that is kept (0.99 in Keras' sense).
  case batchNorm(epsilon: Float, momentum: Float)
  /// An elementwise function.
  case activation(Activation)
  /// Average over a window; padding counts as zeros only if `countsPadding`.
  case averagePool(Window, countsPadding: Bool)
  /// Maximum over a window.
  case maxPool(Window)
  /// Mean over all voxels: a vector of C.
  case globalAveragePool
  /// Fully connected; parameters `weight` (O, I) and, if it has one, `bias` (O).
  case dense(units: Int, hasBias: Bool)
  /// Zeroes elements, or whole channels if `spatial`, with probability `rate` and scales the rest by 1/(1−rate); in
  /// training only.
  case dropout(rate: Float, spatial: Bool)
  /// Sum of inputs of one shape.
  case add
  /// Inputs behind each other along the channels.
  case concat
  /// (C, D, H, W) to a vector, channels slowest, as in PyTorch.
  case flatten
  /// x·factor + offset
  case scale(factor: Float, offset: Float)
  /// Softmax over the channels of every voxel.
  case softmax
  /// An operation of somebody else's, with its own forward and backward.
  case custom(any CustomOperation)
}

/// An elementwise function.
public enum Activation: Hashable, Sendable {
  /// max(x, 0)
  case relu
  /// x where positive, else slope·x
  case leakyRelu(slope: Float)
  /// x where positive, else α·(eˣ − 1)
  case elu(alpha: Float)
  /// 1 / (1 + e⁻ˣ)
  case sigmoid
}

extension Operation {
  /// What the operation is called in tables.
  public var name: String {
    switch self {
    case .convolution: "conv3d"
    case .batchNorm: "batch_norm"
    case .activation(.relu): "relu"
    case .activation(.leakyRelu): "leaky_relu"
    case .activation(.elu): "elu"
    case .activation(.sigmoid): "sigmoid"
    case .averagePool: "avg_pool3d"
    case .maxPool: "max_pool3d"
    case .globalAveragePool: "global_avg_pool"
    case .dense: "dense"
    case .dropout: "dropout"
    case .add: "add"
    case .concat: "concat"
    case .flatten: "flatten"
    case .scale: "scale"
    case .softmax: "softmax"
    case .custom(let operation): operation.name
    }
  }
}
