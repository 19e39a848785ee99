/// The area under a part of the ROC curve, as R's pROC gives it: straight lines between the points.
public struct PartialAUC: Hashable, Sendable {
  /// The axis of which the area takes a part.
  public enum Axis: Hashable, Sendable {
    /// The mean of the sensitivity over specificities.
    case specificity
    /// The mean of the specificity over sensitivities.
    case sensitivity
  }

  /// The area, 0 up to the width of the range.
  public let area: Double
  /// The area on McClish's scale (1989): 1 is the best there is, ½ is chance, whatever the range; below chance, less.
  public let standardised: Double

  /// Nil for a range that is empty or leaves [0, 1].
  public init?(_ curve: ROCCurve, over axis: Axis, in range: ClosedRange<Double>) {
    let (start, end) = (range.lowerBound, range.upperBound)
    guard start >= 0, end <= 1, start < end else { return nil }
    let points = curve.points.map {
      axis == .sensitivity ? ($0.sensitivity, $0.specificity) : (1 - $0.specificity, $0.sensitivity)
    }
    // Specificities are integrated as false alarms, which rise along the curve as sensitivities do.
    let (low, high) = axis == .sensitivity ? (start, end) : (1 - end, 1 - start)
    var area = 0.0
    for ((x0, y0), (x1, y1)) in zip(points, points.dropFirst()) where x1 > x0 && x1 > low && x0 < high {
      let (left, right) = (max(x0, low), min(x1, high))
      let slope = (y1 - y0) / (x1 - x0)
      area += (right - left) * (y0 + slope * ((left + right) / 2 - x0))
    }
    self.area = area
    standardised = PartialAUC.standardised(area, of: range)
  }

  /// The least and the most that `standardised` can be for a range.
  public static func standardisedRange(of range: ClosedRange<Double>) -> ClosedRange<Double> {
    standardised(0, of: range)...1
  }

  private static func standardised(_ area: Double, of range: ClosedRange<Double>) -> Double {
    let (start, end) = (range.lowerBound, range.upperBound)
    let chance = ((1 - start) * (1 - start) - (1 - end) * (1 - end)) / 2
    return (1 + (area - chance) / (end - start - chance)) / 2
  }
}
