/// A kernel with all it needs to run over the samples of a measurement, as a network runs it on one worker.
protocol KernelTrial {
  /// Packs the weights, and unpacks their gradient.
  func pack() throws
  /// One sample forward.
  func forward(_ sample: Int) throws
  /// One sample backward.
  func backward(_ sample: Int) throws
}
