public import ZooKernels

extension Network {
  /// The threads it runs on, for work between its passes.
  public var team: Workers { workers }
}
