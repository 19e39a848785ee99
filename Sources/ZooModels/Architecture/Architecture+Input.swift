public import ZooCore

extension Architecture {
  /// What a network reads: the volume's channels and size, and what happens to its mask.
  public struct Input: Hashable, Sendable {
    /// Channels of the volume, the mask not counted.
    public internal(set) var channels: Int
    /// [D, H, W] of a sample.
    public internal(set) var size: [Int]
    /// What happens to the mask.
    public internal(set) var mask: MaskUse
    /// Voxel value outside the volume, where a crop reaches over its border.
    public let paddingValue: Double
    /// [D, H, W] of a voxel in millimetres that volumes are brought to; nil for as they are.
    public internal(set) var spacing: [Double]?
    /// Values that become 0 … 255, with what lies beyond held at the ends; nil for values as they are.
    public internal(set) var window: ClosedRange<Double>?

    /// Voxels an axis may have.
    static let sizes = 1...1024

    /// Reads the `input` object of an architecture file.
    init(_ value: JSONValue, at place: String) throws {
      var object = try JSONObject(value, at: place)
      channels = try object.integer("channels", in: 1...1024, default: 1)
      size = try object.triple("size", in: Input.sizes)
      let word = try object.choice("mask", of: MaskUse.allCases.map(\.rawValue), default: "ignore")
      mask = MaskUse(rawValue: word) ?? .ignore
      paddingValue = try object.number("padding_value", in: -1e6...1e6, default: 0)
      spacing = try Input.numbers(&object, "spacing", in: 0.01...100, count: 3)
      let ends = try Input.numbers(&object, "window", in: -1e6...1e6, count: 2)
      guard ends.map({ $0[0] < $0[1] }) ?? true else {
        throw Problem(
          "wrong window", at: object.path("window"), expected: "the lower value first",
          found: "\(ends?[0] ?? 0), \(ends?[1] ?? 0)")
      }
      window = ends.map { $0[0]...$0[1] }
      try object.finish()
    }

    /// So many numbers, if they are there.
    private static func numbers(
      _ object: inout JSONObject, _ key: String, in range: ClosedRange<Double>, count: Int
    ) throws -> [Double]? {
      guard let value = object.value(key) else { return nil }
      guard case .array(let values) = value, values.count == count else {
        throw object.wrong(key, value, expected: "an array of \(count) numbers")
      }
      return try values.map { element in
        guard case .number(let number) = element, range.contains(number) else {
          throw object.wrong(
            key, element, expected: "numbers from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
      }
    }

    /// The object as it stands in an architecture file.
    public var json: JSONValue {
      var values: [String: JSONValue] = [
        "channels": .number(Double(channels)),
        "size": .array(size.map { .number(Double($0)) }),
        "mask": .string(mask.rawValue),
        "padding_value": .number(paddingValue),
      ]
      values["spacing"] = spacing.map { .array($0.map(JSONValue.number)) }
      values["window"] = window.map { [.number($0.lowerBound), .number($0.upperBound)] }
      return .object(values)
    }
  }

  /// What happens to a sample's mask before the network.
  public enum MaskUse: String, CaseIterable, Sendable {
    /// Voxels outside the mask become 0.
    case multiply
    /// The mask is not looked at.
    case ignore
    /// The mask is one more channel behind the volume's, 255 inside and 0 outside, in the range of uint8 voxels.
    case channel
  }
}
