/// A kernel with all it needs to run over the samples of a measurement, as a network runs it on one worker.
protocol KernelTrial {
  /// Packs the weights, and unpacks their gradient.
  func pack() throws
  /// All samples forward.
  func forward() throws
  /// All samples backward.
  func backward() throws
}
