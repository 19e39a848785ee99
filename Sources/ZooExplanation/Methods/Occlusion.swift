import ZooCore
import ZooEngine
import ZooGraph
import ZooModels
import ZooVolume

/// Occlusion (Zeiler, Fergus 2014): how much the class's log odds fall when a box of the sample is covered, averaged over the
/// boxes that cover a voxel.
///
/// A covered voxel has the value of the architecture's padding; a mask that is a channel of its own is 0 there. Log odds,
/// because probabilities near 1 hardly move.
final class Occlusion: Explainer {
  private let model: ModelFile
  private let score: ClassScore
  private let network: Network
  private let batch: Int
  private let windows: OcclusionWindows

  init(_ model: ModelFile, patch: [Int]?, stride: [Int]?, threads: Int, batch: Int = 32) throws {
    self.model = model
    self.batch = batch
    score = ClassScore(model)
    windows = try OcclusionWindows(axes: model.graph.inputShape.axes, patch: patch, stride: stride)
    let options = PlanOptions(
      mode: .inference, batch: batch, threads: threads, end: model.graph.logits.tensor)
    network = try Network(Plan(model.graph, options), weights: model.weights)
  }

  func probabilities(of sample: [Float]) throws -> [Double] {
    try model.require(sample)
    _ = network.input.update(fromContentsOf: sample)
    try network.forward(samples: 1)
    return score.probabilities(of: network.output.prefix(score.logits.count))
  }

  var passes: Int { windows.boxes.count }

  func attribution(of sample: [Float], label: Int, onPasses: (_ count: Int) -> Void) throws -> Attribution {
    let (index, sign) = try score.place(of: label)
    let whole = try logOdds(of: sample, [nil], index, sign)[0]
    // Logits have single precision: what is smaller may be rounding.
    let noise = 1e-5 * max(1, abs(whole))
    let axes = windows.axes
    var sums = [Double](repeating: 0, count: axes.reduce(1, *))
    var counts = [Double](repeating: 0, count: sums.count)
    let boxes = windows.boxes
    for start in stride(from: 0, to: boxes.count, by: batch) {
      let some = boxes[start..<min(boxes.count, start + batch)]
      let scores = try logOdds(of: sample, some.map { $0 }, index, sign)
      for (box, score) in zip(some, scores) {
        windows.forEachVoxel(of: box) { voxel in
          sums[voxel] += whole - score
          counts[voxel] += 1
        }
      }
      onPasses(some.count)
    }
    return Attribution(
      method: "occlusion by \(windows.description)", label: label, axes: axes,
      measured: zip(sums, counts).map { sum, count in
        let fall = sum / max(1, count)
        return fall > noise ? Float(fall) : 0
      }, measure: "log odds lost")
  }

  /// The class's log odds for a sample with a box covered, for each box; nil covers nothing.
  private func logOdds(
    of sample: [Float], _ boxes: [[Range<Int>]?], _ index: Int, _ sign: Float
  ) throws -> [Double] {
    try model.require(sample)
    let (voxels, channels) = (windows.axes.reduce(1, *), model.architecture.input.channels)
    let padding = Float(model.architecture.input.paddingValue)
    for (number, box) in boxes.enumerated() {
      let own = UnsafeMutableBufferPointer(
        rebasing: network.input[number * sample.count..<(number + 1) * sample.count])
      _ = own.update(fromContentsOf: sample)
      guard let box else { continue }
      for c in 0..<sample.count / voxels {
        windows.forEachVoxel(of: box) { own[c * voxels + $0] = c < channels ? padding : 0 }
      }
    }
    try network.forward(samples: boxes.count)
    let outputs = score.logits.count
    return boxes.indices.map { number in
      let logits = network.output[number * outputs..<(number + 1) * outputs].map(Double.init)
      guard score.logits.head == .softmax else { return Double(sign) * logits[index] }
      // ln p − ln (1 − p), without a probability that rounds to 1.
      let others = logits.indices.filter { $0 != index }.map { logits[$0] }
      return logits[index] - logarithmOfSum(others)
    }
  }
}
