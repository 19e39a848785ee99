import ZooCore
import ZooGraph

// The options that several layers share, read the same way everywhere. The limits keep every product of sizes
// far from overflow; what is too large within them is refused by the graph.

/// Channels or units of a layer.
let filterRange = 1...65_536
/// Voxels of a kernel, a stride or a dilation.
let windowRange = 1...64

extension JSONObject {
  /// `padding`: "same", "valid", a number of voxels for every side, or three (depth, height, width).
  mutating func padding(default fallback: Padding) throws -> Padding {
    guard case .string? = value("padding") else {
      if value("padding") == nil { return fallback }
      return .explicit(try triple("padding", in: 0...64))
    }
    return try choice("padding", of: ["same", "valid"]) == "same" ? .same : .valid
  }

  /// `initializer`: how the layer's kernels start.
  mutating func initializer() throws -> KernelInitializer {
    let word = try choice(
      "initializer", of: KernelInitializer.allCases.map(\.rawValue), default: "he_uniform")
    return KernelInitializer(rawValue: word) ?? .heUniform
  }

  /// A `Float` option.
  mutating func float(_ key: String, in range: ClosedRange<Double>, default fallback: Double) throws -> Float
  {
    Float(try number(key, in: range, default: fallback))
  }
}

/// The constants of batch normalisation, for every layer that holds one: `epsilon` and `momentum` as in Keras.
struct Normalisation {
  let epsilon: Float
  let momentum: Float

  init(options: inout JSONObject) throws {
    epsilon = try options.float("epsilon", in: 1e-12...1, default: 1e-3)
    momentum = try options.float("momentum", in: 0...1, default: 0.99)
  }

  /// Batch normalisation at `path`.
  func lower(_ x: Tensor, at path: String, into graph: inout GraphBuilder) throws -> Tensor {
    try graph.batchNorm(x, epsilon: epsilon, momentum: momentum, at: path)
  }

  /// Batch normalisation at `norm`, then ReLU at `relu`.
  func lowerWithRelu(
    _ x: Tensor, norm: String, relu: String, into graph: inout GraphBuilder
  ) throws -> Tensor {
    try graph.activation(try lower(x, at: norm, into: &graph), .relu, at: relu)
  }
}
