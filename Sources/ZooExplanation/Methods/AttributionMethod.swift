import ZooCore
public import ZooModels

/// A way to say which voxels count for a class.
public enum AttributionMethod: Hashable, Sendable {
  /// Grad-CAM (Selvaraju et al. 2017) at a layer's output, of the last feature map if none is named.
  case gradCAM(layer: String? = nil)
  /// Occlusion (Zeiler, Fergus 2014) by boxes of `patch` voxels every `stride` voxels, [D, H, W] each; a quarter of the sample
  /// and half a patch unless said.
  case occlusion(patch: [Int]? = nil, stride: [Int]? = nil)

  /// Makes trained models ready to be explained in this way, with the memory that takes: several by the mean of their maps,
  /// with shares that sum to one, equal ones unless said.
  public func explainer(
    of models: [ModelFile], shares: [Double]? = nil, threads: Int
  ) throws -> any Explainer {
    MeanExplainer(try models.map { try explainer(of: $0, threads: threads) }, shares: shares)
  }

  /// Makes a trained model ready to be explained in this way, with the memory that takes.
  public func explainer(of model: ModelFile, threads: Int) throws -> any Explainer {
    switch self {
    case .gradCAM(let layer): try GradCAM(model, layer: layer, threads: threads)
    case .occlusion(let patch, let stride):
      try Occlusion(model, patch: patch, stride: stride, threads: threads)
    }
  }
}

/// A trained model that is ready to be explained. Not for use from several threads at once.
public protocol Explainer: AnyObject {
  /// How many samples go through the network for one map.
  var passes: Int { get }
  /// The classes' probabilities for a sample [C, D, H, W].
  func probabilities(of sample: [Float]) throws -> [Double]
  /// Which voxels of a sample [C, D, H, W] count for a class; `onPasses` hears each time how many more went through.
  func attribution(of sample: [Float], label: Int, onPasses: (_ count: Int) -> Void) throws -> Attribution
}

extension Explainer {
  /// Which voxels of a sample [C, D, H, W] count for a class.
  public func attribution(of sample: [Float], label: Int) throws -> Attribution {
    try attribution(of: sample, label: label) { _ in }
  }
}
