/// How much each voxel of a sample counts for a class, 0 … 1.
public struct Attribution: Hashable, Sendable {
  /// How it was found: `Grad-CAM at relu_1`.
  public let method: String
  /// The class, counted from 0.
  public let label: Int
  /// [D, H, W] of the sample.
  public let axes: [Int]
  /// D · H · W values from 0 to 1, the strongest being 1; all 0 where nothing speaks for the class.
  public let values: [Float]
  /// What 1 stands for in the method's own measure; 0 where nothing speaks for the class.
  public let peak: Float
  /// What that is called where it means something to a person: `log odds lost`.
  public let measure: String?

  /// A map of values in the method's own measure: what is negative counts as nothing, the strongest becomes 1.
  init(method: String, label: Int, axes: [Int], measured: [Float], measure: String? = nil) {
    self.method = method
    self.label = label
    self.axes = axes
    self.measure = measure
    let peak = max(0, measured.max() ?? 0)
    self.peak = peak
    values = measured.map { peak > 0 ? max(0, $0) / peak : 0 }
  }

  /// The share of the map's sum that lies in a mask of [D, H, W]; nil where the map is 0.
  public func share(inside mask: [Bool]) -> Double? {
    precondition(mask.count == values.count, "a mask of the map's size")
    var (inside, all) = (0.0, 0.0)
    for (value, isInside) in zip(values, mask) {
      all += Double(value)
      if isInside { inside += Double(value) }
    }
    return all > 0 ? inside / all : nil
  }

  /// What 1 stands for, where that means something to a person: `0.152 log odds lost`.
  public var strength: String? {
    measure.map { measure in
      let thousandths = Int((min(Double(peak), 1e9) * 1000).rounded())
      let decimals = String("\(1000 + thousandths % 1000)".dropFirst())
      return "\(thousandths / 1000).\(decimals) \(measure)"
    }
  }
}
