public import ZooCore

/// One layer of an architecture file: its type, its name, where its inputs come from, its options as they stand.
public struct LayerSpec: Hashable, Sendable {
  /// The layer's type: `conv3d`.
  public let type: String
  /// The name its parameters stand below, unique in the network.
  public let name: String
  /// Names of earlier layers, or `input` for the network's input.
  public let inputs: [String]
  /// What is left for the layer to read.
  public let options: [String: JSONValue]

  /// Keys that belong to the architecture; all others are options of the layer.
  static let keys: Set<String> = ["type", "name", "inputs"]

  /// The layer as it stands in an architecture file, with nothing left to defaults outside its options.
  public var json: JSONValue {
    var values = options
    values["type"] = .string(type)
    values["name"] = .string(name)
    values["inputs"] = .array(inputs.map(JSONValue.string))
    return .object(values)
  }
}
