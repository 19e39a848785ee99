import ZooVolume

extension Graph {
  /// Where a network's logits are: what a loss is computed from, and what is left to do for probabilities.
  public struct Logits: Hashable, Sendable {
    /// Id of the tensor.
    public let tensor: Int
    /// What comes after it.
    public let head: OutputHead
    /// K, the number of logits of a sample.
    public let count: Int
  }

  /// The input of the final softmax or sigmoid, or the output where the network ends in neither.
  ///
  /// Losses on logits stay exact where probabilities have rounded to 0 or 1.
  public var logits: Logits {
    let last = nodes.last { $0.output == output }
    let (tensor, head): (Int, OutputHead) =
      switch last?.operation {
      case .softmax: (last?.inputs.first ?? output, .softmax)
      case .activation(.sigmoid): (last?.inputs.first ?? output, .sigmoid)
      default: (output, .none)
      }
    return Logits(tensor: tensor, head: head, count: tensors[tensor].count)
  }
}
