/// All that a convolution kernel has to know: channels as stored (multiples of 16, or 1 and 3 on a plain input) and the
/// window over [D, H, W].
public struct ConvolutionShape: Hashable, Sendable {
  /// Input channels as stored.
  public var inputChannels: Int
  /// Output channels as stored.
  public var outputChannels: Int
  /// Groups of channels that see only each other.
  public var groups: Int
  /// [D, H, W] of the input.
  public var input: [Int]
  /// [D, H, W] of the output.
  public var output: [Int]
  /// Taps along each axis.
  public var kernel: [Int]
  /// Steps along each axis.
  public var stride: [Int]
  /// Distance of the taps.
  public var dilation: [Int]
  /// Zeros before each axis.
  public var paddingBefore: [Int]
  /// Zeros after each axis.
  public var paddingAfter: [Int]
  /// Whether a bias is added.
  public var hasBias: Bool
  /// Whether the input is plain [C][D][H][W] and not in blocks of 16 channels.
  public var isInputPlain: Bool

  /// Describes a convolution.
  public init(
    inputChannels: Int, outputChannels: Int, groups: Int, input: [Int], output: [Int], kernel: [Int],
    stride: [Int],
    dilation: [Int], paddingBefore: [Int], paddingAfter: [Int], hasBias: Bool, isInputPlain: Bool
  ) {
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.groups = groups
    self.input = input
    self.output = output
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.paddingBefore = paddingBefore
    self.paddingAfter = paddingAfter
    self.hasBias = hasBias
    self.isInputPlain = isInputPlain
  }

  /// Values of a plain weight (O, I/groups, D, H, W).
  public var weightCount: Int { outputChannels * (inputChannels / groups) * kernel.reduce(1, *) }
}
