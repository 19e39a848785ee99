import ZooCore
import ZooFormats

/// A layer as a Keras file holds it: its name, and the names and sizes of its arrays.
struct KerasLayer {
  /// One array of the file.
  struct Tensor {
    /// What it is to the layer: `kernel`.
    let role: String
    /// Where it is in the file.
    let dataset: String
    /// Sizes in Keras' order: (D, H, W, I, O) for a convolution's kernel.
    let shape: [Int]
  }

  let name: String
  let tensors: [Tensor]

  /// What kind of layer has such arrays; nil for one that this zoo does not have.
  var kind: KerasKind? {
    let roles = Set(tensors.map(\.role))
    if roles.contains("moving_mean") || roles.contains("moving_variance") { return .batchNormalization }
    guard roles.isSubset(of: ["kernel", "bias"]), let kernel = tensors.first(where: { $0.role == "kernel" })
    else { return nil }
    switch kernel.shape.count {
    case 5: return .conv3d
    case 2: return .dense
    default: return nil
    }
  }

  /// The name without its number, and the number that Keras has put behind it: `conv3d_622`; 0 where there is none.
  var numbered: (base: Substring, number: Int) {
    guard let underscore = name.lastIndex(of: "_"), let number = Int(name[name.index(after: underscore)...]),
      number >= 0
    else { return (name[...], 0) }
    return (name[..<underscore], number)
  }

  /// Refuses a batch norm without γ or β: every batch norm of this zoo has both.
  func check(at place: String) throws {
    guard kind == .batchNormalization else { return }
    let missing = KerasKind.batchNormalization.roles.filter { role in !tensors.contains { $0.role == role } }
    guard missing.isEmpty else {
      throw Problem(
        "a batch norm without \(missing.joined(separator: " and "))", at: "\(place): \(name)",
        expected: "gamma, beta, moving_mean and moving_variance",
        next: "build the layer with scale=True and center=True and save its weights again")
    }
  }
}
