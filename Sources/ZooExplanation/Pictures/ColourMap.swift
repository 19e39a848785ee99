/// Viridis (van der Walt, Smith 2015): as even to the eye of the colour-blind and in print as to anyone's.
enum ColourMap {
  /// The colour of a share from 0 to 1, between the nearest of 17 points of the original.
  static func viridis(_ share: Float) -> (UInt8, UInt8, UInt8) {
    let place = min(max(share.isNaN ? 0 : share, 0), 1) * Float(points.count - 1)
    let low = min(Int(place), points.count - 2)
    let part = place - Float(low)
    let (a, b) = (points[low], points[low + 1])
    func mixed(_ a: Float, _ b: Float) -> UInt8 { UInt8((a + part * (b - a)).rounded()) }
    return (mixed(a.0, b.0), mixed(a.1, b.1), mixed(a.2, b.2))
  }

  private static let points: [(Float, Float, Float)] = [
    (68, 1, 84), (72, 24, 106), (71, 45, 123), (66, 64, 134), (59, 82, 139),
    (51, 99, 141), (44, 114, 142), (38, 130, 142), (33, 145, 140), (31, 160, 136),
    (40, 174, 128), (63, 188, 115), (94, 201, 98), (132, 212, 75), (173, 220, 48),
    (216, 226, 25), (253, 231, 37),
  ]
}
