extension ReliabilityCurve {
  /// The calibration errors (`expectedError`) that 95 of 100 perfectly calibrated classifiers would show by chance.
  ///
  /// Labels are drawn from the probabilities themselves, so that they are true: Bröcker and Smith 2007. An observed error
  /// within is no sign of a bad calibration. Nil where `init` is, and for fewer than 20 replicates.
  public static func errorByChance(
    probabilities: [Double], bins: Int = 10, binning: Binning = .equalWidth, replicates: Int = 1000,
    seed: UInt64
  ) -> ClosedRange<Double>? {
    guard replicates >= 20 else { return nil }
    let errors = (0..<replicates).compactMap { replicate -> Double? in
      var random = SplitMix64(seed: seed, replicate: replicate)
      let labels = probabilities.map { Double.random(in: 0..<1, using: &random) < $0 }
      return ReliabilityCurve(
        probabilities: probabilities, labels: labels, bins: bins, binning: binning)?.expectedError
    }.sorted()
    guard errors.count == replicates else { return nil }
    let last = Double(replicates - 1)
    return value(at: 0.025 * last, in: errors)...value(at: 0.975 * last, in: errors)
  }
}
