public import ZooFormats

/// A value under its name: TensorFlow's `Summary.Value`, as far as it is used.
public struct TensorBoardValue: Sendable {
  /// What kind of value it is.
  public enum Content: Sendable {
    /// A number, kept with 24 bits.
    case scalar(Double)
    /// A picture of 8-bit RGB pixels.
    case image(PNGImage)
    /// How values are spread.
    case histogram(Histogram)
    /// What the plugin for hyperparameters reads.
    case hyperparameters(ProtobufMessage)
  }

  /// Its name; what stands before a slash makes a group.
  public let tag: String
  private let value: ProtobufMessage

  /// A value; a `Problem` for a picture that cannot be made.
  public init(_ tag: String, _ content: Content) throws {
    self.tag = tag
    var value = ProtobufMessage()
    value.add(tag, field: 1)
    switch content {
    case .scalar(let number): value.add(Float(number), field: 2)
    case .image(let picture):
      var image = ProtobufMessage()
      image.add(Int64(picture.height), field: 1)
      image.add(Int64(picture.width), field: 2)
      image.add(Int64(3), field: 3)
      image.add(try picture.encoded(), field: 4)
      value.add(image, field: 4)
    case .histogram(let histogram): value.add(TensorBoardValue.message(histogram), field: 5)
    case .hyperparameters(let content):
      var (plugin, metadata) = (ProtobufMessage(), ProtobufMessage())
      plugin.add("hparams", field: 1)
      plugin.add(content, field: 2)
      metadata.add(plugin, field: 1)
      value.add(metadata, field: 9)
    }
    self.value = value
  }

  /// As it stands in a summary.
  public var message: ProtobufMessage { value }

  /// `HistogramProto`.
  private static func message(_ histogram: Histogram) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.add(histogram.least, field: 1)
    message.add(histogram.greatest, field: 2)
    message.add(Double(histogram.count), field: 3)
    message.add(histogram.sum, field: 4)
    message.add(histogram.sumOfSquares, field: 5)
    message.add(histogram.limits, field: 6)
    message.add(histogram.counts.map(Double.init), field: 7)
    return message
  }
}
