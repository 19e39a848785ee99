public import ZooKernels

/// A convolution of a plan, as its kernel sees it.
public struct PlannedConvolution: Hashable, Sendable {
  /// Channels as stored, and the window.
  public let shape: ConvolutionShape
  /// Whether the gradient of its input is wanted.
  public let dataGradient: Bool
  /// What computes it.
  public let kernel: String
}

extension Plan {
  /// All convolutions, in the order they run.
  public var convolutions: [PlannedConvolution] {
    program.steps.enumerated().compactMap { index, step in
      guard case .convolution(let window, _, let hasBias) = step.kind, let kernel = kernels[index],
        let packing = packings[index]
      else { return nil }
      return PlannedConvolution(
        shape: ConvolutionShape(
          window, packing: packing, hasBias: hasBias, input: program.storages[step.inputs[0].storage],
          output: program.storages[step.output]),
        dataGradient: kernel.dataBytes > 0, kernel: kernel.name)
    }
  }
}
