import ZooCore
public import ZooData
public import ZooModels

extension SampleFormat {
  /// What an architecture wants to see of a volume, with a margin for augmentation.
  ///
  /// A `Problem` where the architecture asks for several channels, which the data do not have.
  public init(_ architecture: Architecture, margin: Int = 0) throws {
    let input = architecture.input
    guard input.channels == 1 else {
      throw Problem(
        "the network reads \(input.channels) channels", at: "\(architecture.place): input",
        expected: "1, as the volumes have", next: "choose another model")
    }
    let mask: Mask =
      switch input.mask {
      case .multiply: .multiply
      case .ignore: .ignore
      case .channel: .channel
      }
    self.init(size: input.size, mask: mask, margin: margin, padding: Float(input.paddingValue))
  }
}
