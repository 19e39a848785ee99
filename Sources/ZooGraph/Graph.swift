public import ZooVolume

/// A network as plain data: operations in the order they run, with the shapes of all that flows between them.
///
/// Everything a person asks before training (shapes, parameters, multiply-adds) is answered from it.
public struct Graph: Sendable {
  /// Operations; an operation's inputs are outputs of earlier ones, or the graph's input.
  public let nodes: [Node]
  /// Shapes of all tensors, by id.
  public let tensors: [Shape]
  /// All parameters, in the order of the operations.
  public let parameters: [Parameter]
  /// Id of the input tensor, always 0.
  public let input: Int
  /// Id of the output tensor.
  public let output: Int

  /// One operation of a graph.
  public struct Node: Sendable {
    /// Path of the layer it came from: `block1.layer2.conv1`.
    public let path: String
    /// What it does.
    public let operation: Operation
    /// Ids of the tensors it reads.
    public let inputs: [Int]
    /// Id of the tensor it makes.
    public let output: Int
    /// Positions of its parameters in `Graph.parameters`.
    public let parameters: [Int]

    /// Describes an operation.
    public init(path: String, operation: Operation, inputs: [Int], output: Int, parameters: [Int]) {
      self.path = path
      self.operation = operation
      self.inputs = inputs
      self.output = output
      self.parameters = parameters
    }
  }

  /// (C, D, H, W) of the input.
  public var inputShape: Shape { tensors[input] }
  /// (C, D, H, W) of the output.
  public var outputShape: Shape { tensors[output] }
  /// Number of values that training changes.
  public var trainableCount: Int { parameters.lazy.filter(\.isTrainable).map(\.count).reduce(0, +) }
}
