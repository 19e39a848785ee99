/// Logistic regression with a ridge, fitted by Newton's method; for k > 2 classes one against the rest, normalised.
///
/// Features are standardised inside, so their units do not matter. The ridge keeps separable data finite. The fit is
/// the one minimum of a convex function, found the same way every time.
public struct LogisticRegression: Hashable, Sendable {
  /// Why there is no fit.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// There are no cases, or not one label for each.
    case counts
    /// A case has another number of features than the first; its index.
    case featureCount(row: Int)
    /// A case has a feature that is not a finite number; its index.
    case notFinite(row: Int)
    /// A label is outside the classes, or there are fewer than two; the index of the case.
    case label(row: Int)
    /// A class has no case to learn from.
    case absentClass(Int)
    /// The ridge is not above 0, or the features are too large for numbers to hold their spread.
    case scale
    /// Newton's method did not arrive.
    case notConverged

    /// What went wrong, in words.
    public var description: String {
      switch self {
      case .counts: "no cases, or not one label for each"
      case .featureCount(let row): "another number of features in case \(row + 1)"
      case .notFinite(let row): "a feature of case \(row + 1) that is no finite number"
      case .label(let row): "a label of case \(row + 1) outside the classes"
      case .absentClass(let label): "no case of class \(label)"
      case .scale: "features too large for numbers to hold their spread"
      case .notConverged: "no minimum after all of Newton's steps"
      }
    }
  }

  /// The number of classes, k.
  public let classes: Int
  private let standardisation: Standardisation
  /// One for two classes (the second against the first), else k.
  private let fits: [BinaryLogistic]

  /// Fits n cases of d features with labels 0 ..< classes.
  ///
  /// Minimises the sum of the log losses plus ridge/2 times the squared norm of the standardised weights, the
  /// intercept left free: the default ridge of 1 is scikit-learn's `C = 1` behind a `StandardScaler`. O(n d²) a step,
  /// some ten steps.
  public init(
    features: [[Double]], labels: [Int], classes: Int = 2, ridge: Double = 1
  ) throws(Failure) {
    guard let width = features.first?.count, features.count == labels.count else { throw .counts }
    for (row, values) in features.enumerated() {
      guard values.count == width else { throw .featureCount(row: row) }
      guard values.allSatisfy(\.isFinite) else { throw .notFinite(row: row) }
    }
    for (row, label) in labels.enumerated() where classes < 2 || !(0..<classes).contains(label) {
      throw .label(row: row)
    }
    for index in 0..<classes where !labels.contains(index) { throw .absentClass(index) }
    guard ridge > 0, ridge.isFinite, let standardisation = Standardisation(of: features, features: width)
    else {
      throw .scale
    }
    let rows = features.map { standardisation.apply(to: $0) }
    var fits: [BinaryLogistic] = []
    for index in classes == 2 ? 1..<2 : 0..<classes {
      guard let fit = BinaryLogistic(rows: rows, targets: labels.map { $0 == index ? 1 : 0 }, ridge: ridge)
      else {
        throw .notConverged
      }
      fits.append(fit)
    }
    self.classes = classes
    self.standardisation = standardisation
    self.fits = fits
  }

  /// The k probabilities of a case; nil where the number of features differs or one is not finite.
  public func probabilities(of features: [Double]) -> [Double]? {
    guard features.count == standardisation.means.count, features.allSatisfy(\.isFinite) else { return nil }
    let row = standardisation.apply(to: features)
    if classes == 2, let fit = fits.first {
      return [logistic(-fit.logit(of: row)), logistic(fit.logit(of: row))]
    }
    let raw = fits.map { logistic($0.logit(of: row)) }
    let sum = raw.reduce(0, +)
    return sum > 0 ? raw.map { $0 / sum } : raw.map { _ in 1 / Double(classes) }
  }
}
