import ZooCore
import ZooGraph
import ZooModels
import ZooVolume

/// What stands for a class before the last step to probabilities: its logit.
struct ClassScore {
  let logits: Graph.Logits
  let classes: Int
  private let calibration: Calibration?

  init(_ model: ModelFile) {
    logits = model.graph.logits
    classes = model.architecture.classes
    calibration = model.calibration
  }

  /// The classes' probabilities, calibrated where the model is.
  func probabilities(of logits: some Collection<Float>) -> [Double] {
    let row = self.logits.head.probabilities(of: logits)
    return calibration?.probabilities(of: row) ?? row
  }

  /// Where the class's logit is, and its sign: a single logit speaks for class 1, and against class 0.
  func place(of label: Int) throws -> (index: Int, sign: Float) {
    guard (0..<classes).contains(label) else {
      throw Problem("there is no class \(label)", expected: "0 to \(classes - 1)")
    }
    return logits.head == .sigmoid ? (0, label == 1 ? 1 : -1) : (label, 1)
  }
}

extension ModelFile {
  /// Makes sure that a sample is what the network reads.
  func require(_ sample: [Float]) throws {
    guard sample.count == graph.inputShape.count else {
      throw Problem(
        "not a sample of this network", at: place, expected: "\(graph.inputShape) values",
        found: "\(sample.count)")
    }
  }
}
