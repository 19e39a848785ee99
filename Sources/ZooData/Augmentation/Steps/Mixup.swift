import ZooCore

/// Mixup (Zhang et al. 2018): the weighted mean of two samples, and of their targets with the same λ ~ Beta(α, α).
struct Mixup: MixingStep {
  static let type = "mixup"
  static let summary =
    "λ·sample + (1 − λ)·another of the batch, targets too; alpha (0.2): λ ~ Beta(α, α), per (batch): batch or sample"
  let alpha: Double
  let scope: MixScope

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    alpha = try options.number("alpha", in: 0.001...1000, default: 0.2)
    scope = try options.scope()
  }

  var options: [String: JSONValue] { ["alpha": .number(alpha), "per": .string(scope.rawValue)] }

  func draw(from draws: inout RandomStream, size: [Int]) -> Mix { Mix(share: draws.beta(alpha, alpha)) }
}

extension JSONObject {
  /// What shares a draw, under `per`.
  mutating func scope() throws -> MixScope {
    let words = MixScope.allCases.map(\.rawValue)
    return MixScope(rawValue: try choice("per", of: words, default: MixScope.batch.rawValue)) ?? .batch
  }
}
