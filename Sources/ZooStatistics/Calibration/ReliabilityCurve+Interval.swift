extension ReliabilityCurve {
  /// The 95 % interval of the expected calibration error over all cases there could be, in the same bins.
  ///
  /// By inverting a test, as the observed error is too large by chance and a bootstrap, which adds chance to chance, only
  /// makes it larger still: of the ways to be calibrated between perfectly and ever further the way the bins show, those
  /// are within under which the observed error is among the 95 % that are to be expected (`FeldmanCousins`). Distances of bins are taken as
  /// normal with the variance that their rates give, so errors as a sum of folded normals, skewed as these are. The lower end
  /// is 0 where perfect calibration is among them. The observed error is never above the upper end. A point
  /// where every probability is 0 or 1 and right.
  public var errorInterval: ClosedRange<Double> {
    let observed = expectedError
    let model = CalibrationModel(bins: bins)
    let lower = model.error(observed: observed, at: .above)
    let upper = model.error(observed: observed, at: .below)
    return min(lower, observed)...max(observed, upper)
  }
}
