import ZooCore
import ZooVolume

extension Shape {
  /// `[C, D, H, W]`, or `[C]` for a vector.
  var json: JSONValue {
    let sizes = isVector ? [channels] : [channels] + axes
    return .array(sizes.map { .number(Double($0)) })
  }
}
