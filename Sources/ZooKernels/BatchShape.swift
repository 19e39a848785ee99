internal import CBatch

extension zoo_batch_shape {
  /// A convolution as kernels for groups of `samples` see it, or nil where they do not take it.
  init?(_ shape: ConvolutionShape, samples: Int) {
    guard shape.groups == 1, !shape.isInputPlain, shape.input.count == 3, shape.output.count == 3 else {
      return nil
    }
    func axes(_ values: [Int]) -> (Int64, Int64, Int64) {
      (Int64(values[0]), Int64(values[1]), Int64(values[2]))
    }
    self.init(
      input_channels: Int64(shape.inputChannels), output_channels: Int64(shape.outputChannels),
      input: axes(shape.input), output: axes(shape.output), kernel: axes(shape.kernel),
      stride: axes(shape.stride), dilation: axes(shape.dilation), padding: axes(shape.paddingBefore),
      samples: Int64(samples))
    guard zoo_batch_fits(&self) != 0 else { return nil }
  }

  /// Bytes of the plain weights.
  var weightBytes: Int {
    Int(input_channels * output_channels * kernel.0 * kernel.1 * kernel.2) * MemoryLayout<Float>.stride
  }
}
