public import ZooCore
import ZooEngine
import ZooGraph
public import ZooModels
import ZooStatistics

/// Whether a map depends on what a model has learnt (Adebayo et al. 2018): the map again with weights drawn anew.
///
/// A method that shows the same whatever the weights are shows the sample's edges, not the model's reasons.
public struct RandomisationCheck: Hashable, Sendable {
  /// Rank correlations with maps of models whose last layer has other weights, one a draw.
  public let head: [Double]
  /// The same where all layers have.
  public let all: [Double]

  /// A correlation above this says that the map hardly depends on the weights.
  public static let limit = 0.9

  /// Draws the weights of the last layer of each model, and of all, so many times anew and compares the maps with the
  /// trained models'. `onPasses` hears of the 2 · draws · `Explainer.passes` samples.
  public init(
    of attribution: Attribution, models: [ModelFile], shares: [Double]? = nil, sample: [Float],
    method: AttributionMethod, draws: Int = 5, seed: Seed = Seed(0), threads: Int,
    onPasses: (_ count: Int) -> Void = { _ in }
  ) throws {
    func correlations(_ name: String, _ parameters: (Graph) -> [Int]) throws -> [Double] {
      try (0..<draws).map { draw in
        let random = try models.enumerated().map { index, model in
          try model.drawingAnew(parameters(model.graph), seed: seed.child(name).child(draw).child(index))
        }
        let map = try method.explainer(of: random, shares: shares, threads: threads)
          .attribution(of: sample, label: attribution.label, onPasses: onPasses)
        return attribution.rankCorrelation(with: map)
      }
    }
    head = try correlations("head") { $0.headParameters }
    all = try correlations("all") { Array($0.parameters.indices) }
  }

  /// The median over the draws, of the last layer's weights.
  public var headMedian: Double { RandomisationCheck.median(head) }
  /// The median over the draws, of all weights.
  public var allMedian: Double { RandomisationCheck.median(all) }
  /// Whether the map changes with the weights.
  public var isPassed: Bool { max(headMedian, allMedian) <= RandomisationCheck.limit }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

extension Attribution {
  /// Spearman's correlation with another map, over voxels that are not 0 in both: what a sample leaves empty says nothing about
  /// weights. 0 where one map has no ranks.
  public func rankCorrelation(with other: Attribution) -> Double {
    precondition(axes == other.axes, "maps of one size")
    let shown = values.indices.filter { values[$0] > 0 || other.values[$0] > 0 }
    return ZooStatistics.rankCorrelation(
      shown.map { Double(values[$0]) }, shown.map { Double(other.values[$0]) }) ?? 0
  }
}

extension Graph {
  /// Positions of the parameters of the last operation that has any.
  fileprivate var headParameters: [Int] { nodes.last { !$0.parameters.isEmpty }?.parameters ?? [] }
}

extension ModelFile {
  /// The same model with some parameters as they are before a training.
  fileprivate func drawingAnew(_ positions: [Int], seed: Seed) throws -> ModelFile {
    let (weights, random) = (try Weights(copying: self.weights), try Weights(for: graph))
    random.initialize(seed: seed)
    for index in positions { _ = weights.slice(index).update(fromContentsOf: random.slice(index)) }
    return ModelFile(
      architecture: architecture, graph: graph, weights: weights, metrics: metrics, place: place)
  }
}
