import ZooCore

/// How a window of voxels slides over a volume: kernel, stride, dilation and padding for each axis (D, H, W).
public struct Window: Hashable, Sendable {
  /// Voxels the window covers.
  public let kernel: [Int]
  /// Steps between windows.
  public let stride: [Int]
  /// Distance of the kernel's taps, 1 where they touch.
  public let dilation: [Int]
  /// Voxels of padding before each axis.
  public let paddingBefore: [Int]
  /// Voxels of padding after each axis.
  public let paddingAfter: [Int]

  /// A window whose padding is worked out for an input of given sizes [D, H, W].
  public init(kernel: [Int], stride: [Int], dilation: [Int], padding: Padding, over axes: [Int]) {
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    switch padding {
    case .valid:
      paddingBefore = [0, 0, 0]
      paddingAfter = [0, 0, 0]
    case .same:
      let totals = (0..<3).map { axis in
        let outputs = (axes[axis] + stride[axis] - 1) / stride[axis]
        return max(0, (outputs - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1 - axes[axis])
      }
      paddingBefore = totals.map { $0 / 2 }
      paddingAfter = totals.map { $0 - $0 / 2 }
    case .explicit(let voxels):
      paddingBefore = voxels
      paddingAfter = voxels
    }
  }

  /// Sizes [D, H, W] after the window has slid over an input; a problem where the window does not fit.
  public func output(over axes: [Int], at place: String) throws -> [Int] {
    try (0..<3).map { axis in
      let span = (kernel[axis] - 1) * dilation[axis] + 1
      let room = axes[axis] + paddingBefore[axis] + paddingAfter[axis] - span
      guard room >= 0 else {
        throw Problem(
          "the window does not fit", at: place, expected: "an input of at least \(span) voxels an axis",
          found: axes.map(String.init).joined(separator: "×"),
          next: "use a smaller kernel, or padding \"same\"")
      }
      return room / stride[axis] + 1
    }
  }

  /// Taps of the kernel.
  public var taps: Int { kernel.reduce(1, *) }
}

/// How a volume is widened by zeros before a window slides over it.
public enum Padding: Hashable, Sendable {
  /// So that the output has ⌈input / stride⌉ voxels; an odd rest goes to the end, as in TensorFlow.
  case same
  /// Not at all.
  case valid
  /// By so many voxels on both sides of each axis.
  case explicit([Int])
}
