public import ZooFormats

/// One record of an event file: TensorFlow's `Event`, as far as it is used.
public struct TensorBoardEvent: Sendable {
  /// What an event says.
  public enum Content: Sendable {
    /// The file's format; the first event of every file.
    case version
    /// A session begins: what earlier files say of this step and of later ones does not count any more.
    case start
    /// Values under their names.
    case summary([TensorBoardValue])
  }

  /// Seconds since 1970.
  public let wallTime: Double
  /// The optimizer's step.
  public let step: Int
  /// What is said.
  public let content: Content

  /// An event.
  public init(wallTime: Double, step: Int, _ content: Content) {
    (self.wallTime, self.step, self.content) = (wallTime, step, content)
  }

  /// As it stands in a file. The numbers are those of event.proto and summary.proto.
  public var message: ProtobufMessage {
    var event = ProtobufMessage()
    event.add(wallTime, field: 1)
    if step != 0 { event.add(Int64(step), field: 2) }
    switch content {
    case .version: event.add("brain.Event:2", field: 3)
    case .start:
      var log = ProtobufMessage()
      log.add(Int64(1), field: 1)
      event.add(log, field: 7)
    case .summary(let values):
      var summary = ProtobufMessage()
      for value in values { summary.add(value.message, field: 1) }
      event.add(summary, field: 5)
    }
    return event
  }
}
