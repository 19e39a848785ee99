/// One way to compute a convolution of one sample and its gradients.
///
/// Shared by all workers: a call names its worker and brings all memory. Activations are in blocks of 16 channels,
/// weights are packed once a step from plain (O, I/groups, D, H, W).
public protocol ConvolutionKernel: AnyObject {
  /// What computes it, for tables.
  var name: String { get }
  /// Bytes of the weights packed for the forward pass.
  var forwardBytes: Int { get }
  /// Bytes of the weights packed for the data gradient.
  var dataBytes: Int { get }
  /// Bytes of a packed weight gradient.
  var gradientBytes: Int { get }
  /// Bytes of scratch that a worker lends to a call.
  var scratchBytes: Int { get }

  /// Packs plain weights for the forward pass.
  func packForward(_ plain: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>, worker: Int)
    throws
  /// Packs plain weights for the data gradient.
  func packData(_ plain: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>, worker: Int) throws
  /// Turns a packed weight gradient into a plain one.
  func unpackGradient(_ packed: UnsafePointer<Float>, into plain: UnsafeMutablePointer<Float>, worker: Int)
    throws
  /// output = input ∗ weights + bias
  func forward(
    _ input: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    output: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer, worker: Int) throws
  /// Writes the gradient of the input.
  func backwardData(
    _ outputGradient: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer, worker: Int) throws
  /// Writes the packed gradient of the weights, and that of the bias.
  func backwardWeights(
    _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>?, scratch: UnsafeMutableRawPointer, worker: Int) throws
}
