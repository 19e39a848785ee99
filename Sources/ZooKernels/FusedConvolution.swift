public import CKernels

/// A convolution of one sample whose passes read and write tensors through sources, targets and sinks, so that
/// normalisation, activation, statistics and rounding to the stored type happen on the way.
///
/// Shared by all workers: a call brings all memory. Activations are in blocks of 16 channels, f32 or bf16; weights are packed
/// once a step from plain f32 (O, I/groups, D, H, W), and their gradients are plain. Tensors, packed weights, gradients and
/// scratch begin at multiples of 64 bytes, tensors of bf16 at multiples of 32.
public protocol FusedConvolution: AnyObject {
  /// What computes it, for tables.
  var name: String { get }
  /// Bytes of the weights packed for the forward pass.
  var forwardBytes: Int { get }
  /// Bytes of the weights packed for the data gradient, 0 where nobody wants it.
  var dataBytes: Int { get }
  /// Bytes of a weight gradient, 0 where nobody wants it.
  var gradientBytes: Int { get }
  /// Bytes of scratch that a worker lends to a call.
  var scratchBytes: Int { get }

  /// Packs plain weights for the forward pass.
  func packForward(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer)
  /// Packs plain weights for the data gradient.
  func packData(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer)

  /// output = input ∗ weights, with the bias as the target's shift.
  ///
  /// `part` of `parts` does its share, so that several threads share one sample, each with a scratch of its own and the same bits
  /// whatever `parts`. A target with tallies has one part.
  func forward(
    _ input: UnsafePointer<zoo_source>, weights: UnsafeRawPointer, output: UnsafePointer<zoo_target>,
    part: Int, parts: Int, scratch: UnsafeMutableRawPointer)

  /// The gradients of the weights and, unless they are nil, of the input (which takes `weights` packed for it) and the bias.
  ///
  /// With `accumulates`, those of the weights and the bias are added to what is there.
  func backward(
    _ input: UnsafePointer<zoo_source>, outputGradient: UnsafePointer<zoo_source>, weights: UnsafeRawPointer?,
    inputGradient: UnsafePointer<zoo_sink>?, weightGradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>?, accumulates: Bool, scratch: UnsafeMutableRawPointer)
}
