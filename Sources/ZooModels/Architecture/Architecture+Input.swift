public import ZooCore

extension Architecture {
  /// What a network reads: the volume's channels and size, and what happens to its mask.
  public struct Input: Hashable, Sendable {
    /// Channels of the volume, the mask not counted.
    public let channels: Int
    /// [D, H, W] of a sample.
    public let size: [Int]
    /// What happens to the mask.
    public let mask: MaskUse
    /// Voxel value outside the volume, where a crop reaches over its border.
    public let paddingValue: Double

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
      try object.finish()
    }

    private init(channels: Int, size: [Int], mask: MaskUse, paddingValue: Double) {
      self.channels = channels
      self.size = size
      self.mask = mask
      self.paddingValue = paddingValue
    }

    func withSize(_ size: [Int]) -> Input {
      Input(channels: channels, size: size, mask: mask, paddingValue: paddingValue)
    }

    func with(channels: Int, mask: MaskUse) -> Input {
      Input(channels: channels, size: size, mask: mask, paddingValue: paddingValue)
    }

    /// The object as it stands in an architecture file.
    public var json: JSONValue {
      [
        "channels": .number(Double(channels)),
        "size": .array(size.map { .number(Double($0)) }),
        "mask": .string(mask.rawValue),
        "padding_value": .number(paddingValue),
      ]
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
