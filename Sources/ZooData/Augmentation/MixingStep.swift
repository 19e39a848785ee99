public import ZooCore

/// A step that mixes each sample of a batch with another one of it, and their targets with the same share.
public protocol MixingStep: AugmentationStep {
  /// Whether all samples of a batch share one draw, or each has its own.
  var scope: MixScope { get }
  /// Draws what is taken of the other sample; allocates nothing.
  func draw(from draws: inout RandomStream, size: [Int]) -> Mix
}

/// What shares a draw.
public enum MixScope: String, CaseIterable, Sendable {
  /// All samples of a batch
  case batch
  /// No two
  case sample
}

/// What becomes of a sample and its partner.
public struct Mix: Sendable {
  /// The share of the sample's own target, λ.
  public var share: Double
  /// Where its voxels are the partner's, as ranges along D, H and W; nil where all are the weighted mean.
  public var box: (Range<Int>, Range<Int>, Range<Int>)?

  /// All of its own.
  static let none = Mix(share: 1)
}

extension MixingStep {
  /// It mixes samples.
  public var action: StepAction { .mixing(self) }
}
