/// How the windows of a pool lie along one axis. Every window covers a voxel at least: padding is smaller than the kernel.
struct PoolAxis {
  let input: Int
  let output: Int
  let kernel: Int
  let stride: Int
  let padding: Int

  /// Whether windows share voxels.
  var overlaps: Bool { kernel > stride && output > 1 }

  /// The voxels of some windows, and those behind them that no window covers.
  func box(_ outputs: Range<Int>) -> Range<Int> {
    let covered = min(input, (outputs.upperBound - 1) * stride - padding + kernel)
    return start(outputs.lowerBound)..<max(covered, start(outputs.upperBound))
  }

  /// The first voxel that neither a window before `window` covers alone nor a gap before it holds.
  func start(_ window: Int) -> Int {
    guard window > 0 else { return 0 }
    return window < output ? max(0, window * stride - padding) : input
  }

  /// What is left of the padding in front of a box that begins with a window.
  func padding(before window: Int) -> Int { start(window) - (window * stride - padding) }
}
