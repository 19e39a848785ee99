import ZooCore
import ZooEngine
import ZooGraph
package import ZooModels
package import ZooVolume

/// Grad-CAM (Selvaraju et al. 2017): the sum of a layer's channels, each weighted by the mean gradient of the class's logit
/// with respect to it, negative values cut off, brought to the sample's size by trilinear interpolation.
///
/// The gradient is taken at a summand of zeros behind the layer, so any architecture and any operation will do.
package final class GradCAM: Explainer {
  private let model: ModelFile
  private let score: ClassScore
  /// The layer, as it is called.
  private let layer: String
  /// (C, D, H, W) of the features.
  package let shape: Shape
  private let features: Network
  private let probed: Network
  /// The gradient of the features of the last sample [C, D, H, W].
  package var gradient: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: probed.gradients.suffix(shape.count))
  }

  /// Takes the memory of one sample's forward passes and of a backward pass from the logits to the layer.
  package init(_ model: ModelFile, layer: String?, threads: Int) throws {
    self.model = model
    score = ClassScore(model)
    let (tensor, name) = try model.graph.featureMap(at: layer)
    self.layer = name
    shape = model.graph.tensors[tensor]
    features = try Network(
      Plan(model.graph, PlanOptions(mode: .inference, batch: 1, threads: threads, end: tensor)),
      weights: model.weights)
    let graph = model.graph.probing(tensor)
    let weights = try Weights(for: graph)
    _ = weights.values.update(fromContentsOf: model.weights.values)
    probed = try Network(
      Plan(graph, PlanOptions(mode: .training, batch: 1, threads: threads, end: graph.logits.tensor)),
      weights: weights)
  }

  /// The logits of a sample, by the network that has the summand.
  package func logits(of sample: [Float]) throws -> [Float] {
    try model.require(sample)
    _ = probed.input.update(fromContentsOf: sample)
    try probed.forward(samples: 1)
    return Array(probed.output)
  }

  package func probabilities(of sample: [Float]) throws -> [Double] {
    score.probabilities(of: try logits(of: sample))
  }

  /// Σ α·A over the channels, α the mean of a channel's gradient, [D, H, W] of the layer; negative values are kept.
  package func weightedFeatures(of sample: [Float], label: Int) throws -> [Float] {
    let (index, sign) = try score.place(of: label)
    _ = try logits(of: sample)
    probed.outputGradient.update(repeating: 0)
    probed.outputGradient[index] = sign
    try probed.backward()
    _ = features.input.update(fromContentsOf: sample)
    try features.forward(samples: 1)
    var sums = [Double](repeating: 0, count: shape.voxels)
    for c in 0..<shape.channels {
      let own = c * shape.voxels..<(c + 1) * shape.voxels
      let weight = gradient[own].reduce(0) { $0 + Double($1) } / Double(shape.voxels)
      for (voxel, value) in features.output[own].enumerated() { sums[voxel] += weight * Double(value) }
    }
    return sums.map { Float($0) }
  }

  package var passes: Int { 1 }

  package func attribution(
    of sample: [Float], label: Int, onPasses: (_ count: Int) -> Void
  ) throws -> Attribution {
    let coarse = try weightedFeatures(of: sample, label: label).map { max(0, $0) }
    onPasses(1)
    let axes = model.graph.inputShape.axes
    return Attribution(
      method: "Grad-CAM at \(layer)", label: label, axes: axes,
      measured: trilinear(coarse, from: shape.axes, to: axes))
  }
}
