/// How the predictions of a list of models are blended, blends of blends included.
public indirect enum Blending: Hashable, Sendable {
  /// One model, by its position in the list.
  case model(Int)
  /// Several, each with its weight.
  case blend(Blend, [Part])

  /// A part of a blend.
  public struct Part: Hashable, Sendable {
    let blending: Blending
    let weight: Double
  }

  /// All with the same weight.
  public static func equal(_ blend: Blend, _ parts: [Blending]) -> Blending {
    parts.count == 1
      ? parts[0] : .blend(blend, parts.map { Part(blending: $0, weight: 1 / Double(parts.count)) })
  }

  /// The share of each of `count` models in the whole; they sum to one.
  public func shares(of count: Int) -> [Double] {
    switch self {
    case .model(let index): (0..<count).map { $0 == index ? 1 : 0 }
    case .blend(_, let parts):
      parts.reduce(into: Array(repeating: 0, count: count)) { sums, part in
        for (index, share) in part.blending.shares(of: count).enumerated() {
          sums[index] += part.weight * share
        }
      }
    }
  }

  /// The blend of the models' predictions for the same cases.
  public func callAsFunction(_ predictions: [Predictions]) -> Predictions {
    switch self {
    case .model(let index): predictions[index]
    case .blend(let blend, let parts):
      blend(parts.map { $0.blending(predictions) }, weights: parts.map(\.weight))
    }
  }
}
