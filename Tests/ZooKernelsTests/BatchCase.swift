import Testing
import ZooKernels

/// A convolution and how many samples there are.
struct BatchCase: CustomTestStringConvertible {
  let samples: Int
  let shape: ConvolutionShape
  var testDescription: String {
    "\(samples) of \(shape.inputChannels) to \(shape.outputChannels) at \(shape.input), kernel \(shape.kernel)"
  }

  init(
    _ samples: Int, _ inputs: Int, _ outputs: Int, _ size: [Int], kernel: [Int], stride: Int = 1,
    dilation: Int = 1, padding: [Int], after: [Int]? = nil
  ) {
    self.samples = samples
    let after = after ?? padding
    let output = (0..<3).map {
      (size[$0] + padding[$0] + after[$0] - dilation * (kernel[$0] - 1) - 1) / stride + 1
    }
    shape = ConvolutionShape(
      inputChannels: inputs, outputChannels: outputs, groups: 1, input: size, output: output,
      kernel: kernel,
      stride: [stride, stride, stride], dilation: [dilation, dilation, dilation], paddingBefore: padding,
      paddingAfter: after, hasBias: true, isInputPlain: false)
  }
}
