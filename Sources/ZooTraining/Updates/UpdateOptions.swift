import ZooCore

/// Which parameters learn, and what happens to their gradients before the optimizer gets them.
public struct UpdateOptions: Hashable, Sendable {
  /// The largest norm of the gradient of all parameters together; a larger one is shortened to it. Nil for no limit.
  public var clipNorm: Double?
  /// Batches whose gradients are averaged before a step; an epoch's last step takes what is left.
  public var accumulate = 1
  /// Patterns of parameters that keep their values, see `Graph.freezing`.
  public var freeze: [String] = []

  /// The defaults.
  public init() {}

  /// The options' keys and values.
  var values: [String: JSONValue] {
    [
      "clip_norm": clipNorm.map(JSONValue.number) ?? .null,
      "accumulate": .number(Double(accumulate)),
      "freeze": .array(freeze.map(JSONValue.string)),
    ]
  }

  /// Reads what `values` gives.
  init(reading object: inout JSONObject) throws {
    clipNorm = try object.optional("clip_norm") { try $0.number($1, in: 1e-12...1e12) }
    accumulate = try object.integer("accumulate", in: 1...65_536, default: accumulate)
    let place = object.path("freeze")
    freeze = try object.array("freeze", default: []).map { value in
      guard case .string(let pattern) = value, !pattern.isEmpty else {
        throw Problem("wrong pattern", at: place, expected: "names as \"block1.*\"", found: value.kind)
      }
      return pattern
    }
  }
}
