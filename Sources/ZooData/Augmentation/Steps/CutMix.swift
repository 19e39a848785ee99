import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// CutMix (Yun et al. 2019): a box of a sample comes from another one; the target's share is that of the volume that
/// stayed.
struct CutMix: MixingStep {
  static let type = "cutmix"
  static let summary =
    "a box from another sample of the batch, its share of the target too; alpha (1): the rest ~ Beta(α, α), per (batch)"
  let alpha: Double
  let scope: MixScope

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    alpha = try options.number("alpha", in: 0.001...1000, default: 1)
    scope = try options.scope()
  }

  var options: [String: JSONValue] { ["alpha": .number(alpha), "per": .string(scope.rawValue)] }

  func draw(from draws: inout RandomStream, size: [Int]) -> Mix {
    let edge = cbrt(1 - draws.beta(alpha, alpha))
    let d = Range(edge: edge, of: size[0], from: &draws)
    let h = Range(edge: edge, of: size[1], from: &draws)
    let w = Range(edge: edge, of: size[2], from: &draws)
    // What lies over the border is not cut out.
    let share = Double(d.count * h.count * w.count) / Double(size[0] * size[1] * size[2])
    return Mix(share: 1 - share, box: (d, h, w))
  }
}
