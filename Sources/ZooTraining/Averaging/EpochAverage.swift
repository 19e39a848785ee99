import ZooEngine

/// Keeps the weights at the ends of some epochs and gives their mean: stochastic weight averaging with equal shares
/// (Izmailov et al. 2018).
final class EpochAverage {
  private let choice: EpochChoice
  /// In the order in which they are dropped, the next one last.
  private var kept: [(result: EpochResult, weights: Weights)] = []

  init(_ choice: EpochChoice) { self.choice = choice }

  /// The epochs that are kept, rising.
  var epochs: [Int] { kept.map(\.result.epoch).sorted() }

  /// The epochs with their weights, in the order in which they are kept.
  var contents: [(epoch: Int, weights: Weights)] { kept.map { ($0.result.epoch, $0.weights) } }

  /// Goes back to what `contents` gave.
  func restore(_ contents: [(result: EpochResult, weights: Weights)]) { kept = contents }

  /// Takes the weights of an epoch, and drops the oldest, or the worst, where there is one too many.
  func take(_ result: EpochResult, _ weights: Weights) throws {
    let place =
      choice.kind == .last
      ? 0 : kept.firstIndex { result.isBetter(than: $0.result) } ?? kept.count
    guard place < choice.count else { return }
    guard kept.count == choice.count else {
      kept.insert((result, try Weights(copying: weights)), at: place)
      return
    }
    let memory = kept.removeLast().weights
    memory.copy(from: weights)
    kept.insert((result, memory), at: place)
  }

  /// Writes the mean of what is kept.
  func write(to weights: Weights) {
    weights.becomeMean(of: kept.sorted { $0.result.epoch < $1.result.epoch }.map(\.weights))
  }
}
