public import ZooVolume

/// An operation that is not built in: it says its shapes and parameters, and computes one sample at a time.
///
/// Volumes are plain (C, D, H, W) floats here, width fastest; the engine changes the layout around the calls, shares the
/// samples out to its workers and sums the parameters' gradients. Calls come from several threads at once: keep no state.
public protocol CustomOperation: Sendable {
  /// What it is called in tables.
  var name: String { get }
  /// Output shape (C, D, H, W) for the shapes of the inputs; throws a `Problem` where they do not fit.
  func outputShape(of inputs: [Shape]) throws -> Shape
  /// The parameters it needs, named relative to its layer: `weight`.
  func parameters(for inputs: [Shape]) -> [Parameter]
  /// Multiply-adds for one sample.
  func multiplyAdds(for inputs: [Shape]) -> Int
  /// Computes one sample's output.
  func forward(
    inputs: [UnsafePointer<Float>], shapes: [Shape], parameters: [UnsafePointer<Float>],
    output: UnsafeMutablePointer<Float>)
  /// Computes one sample's gradients: writes `inputGradients`, adds to `parameterGradients`.
  func backward(
    inputs: [UnsafePointer<Float>], shapes: [Shape], parameters: [UnsafePointer<Float>],
    outputGradient: UnsafePointer<Float>, inputGradients: [UnsafeMutablePointer<Float>],
    parameterGradients: [UnsafeMutablePointer<Float>])
}
