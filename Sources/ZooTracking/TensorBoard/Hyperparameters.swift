public import ZooCore
public import ZooFormats
import ZooModels
public import ZooTraining

/// The options that a run has, as programs that compare runs want them: flat, without what has no value.
public struct Hyperparameters: Sendable {
  /// By key in snake_case; lists and objects as JSON text.
  public let values: [String: JSONValue]

  /// Values by key.
  public init(values: [String: JSONValue]) { self.values = values }

  /// The options of a run, with the architecture's name and the data.
  public init(_ configuration: RunConfiguration) {
    var values: [String: JSONValue] = [
      "architecture": .string(configuration.architecture.name), "data": .string(configuration.data),
    ]
    if case .object(let options) = configuration.options.json {
      for (key, value) in options {
        switch value {
        case .null: break
        case .array, .object: values[key] = .string(value.text(indented: false))
        default: values[key] = value
        }
      }
    }
    self.init(values: values)
  }

  /// What TensorBoard's plugin reads when a session starts: `HParamsPluginData` with `SessionStartInfo`.
  public func start(at seconds: Double) -> ProtobufMessage {
    var info = ProtobufMessage()
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      var (wrapped, entry) = (ProtobufMessage(), ProtobufMessage())
      // google.protobuf.Value
      switch value {
      case .number(let number): wrapped.add(number, field: 2)
      case .bool(let flag): wrapped.add(Int64(flag ? 1 : 0), field: 4)
      case .string(let text): wrapped.add(text, field: 3)
      default: continue
      }
      entry.add(key, field: 1)
      entry.add(wrapped, field: 2)
      info.add(entry, field: 1)
    }
    info.add(seconds, field: 5)
    var data = ProtobufMessage()
    data.add(info, field: 3)
    return data
  }

  /// What it reads when a session ends: `SessionEndInfo`.
  static func end(at seconds: Double, isSuccess: Bool) -> ProtobufMessage {
    var (info, data) = (ProtobufMessage(), ProtobufMessage())
    info.add(Int64(isSuccess ? 1 : 2), field: 1)
    info.add(seconds, field: 2)
    data.add(info, field: 4)
    return data
  }
}
