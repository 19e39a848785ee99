public import ZooCore

/// The plugin point: something an architecture file can name, which turns into primitive operations.
///
/// A layer is a description only: it has read its options and holds no weights. `lower` adds its operations to a graph
/// and returns the result; a composite layer adds several, a new kind of arithmetic comes as a `CustomOperation`.
/// A layer takes one type, one file, and one entry in a list.
public protocol Layer: Sendable {
  /// The name in architecture files: `conv3d`.
  static var type: String { get }
  /// One line for people.
  static var summary: String { get }
  /// How many inputs it takes.
  static var inputCount: ClosedRange<Int> { get }
  /// Reads the layer's options; keys that it does not read are refused by the caller.
  init(options: inout JSONObject) throws
  /// Adds the layer's operations below `path` and returns the output.
  func lower(_ inputs: [Tensor], at path: String, into graph: inout GraphBuilder) throws -> Tensor
}

extension Layer {
  /// One input, as most layers.
  public static var inputCount: ClosedRange<Int> { 1...1 }
}

extension Registry where Entry == any Layer.Type {
  /// A registry of layer types; each is found by its `type`.
  public init(layers: [any Layer.Type]) throws {
    try self.init(of: "layer", layers.map { ($0.type, $0) })
  }
}
