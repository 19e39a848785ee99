public import ZooData
public import ZooModels

extension SampleFormat {
  /// What an architecture wants to see of a volume, with a margin for augmentation.
  public init(_ architecture: Architecture, margin: Int = 0) {
    let input = architecture.input
    let mask: Mask =
      switch input.mask {
      case .multiply: .multiply
      case .ignore: .ignore
      case .channel: .channel
      }
    self.init(
      size: input.size, volumeChannels: input.channels, mask: mask, margin: margin,
      padding: Float(input.paddingValue), spacing: input.spacing, window: input.window)
  }
}
