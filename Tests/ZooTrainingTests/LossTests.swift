import Testing
import ZooCore
import ZooTestSupport
import ZooTraining

/// Value and gradient of a loss over arrays.
private func evaluate(_ loss: any Loss, _ logits: [Float], _ targets: [Float]) -> (Double, [Float]) {
  var gradient = [Float](repeating: .nan, count: logits.count)
  let value = gradient.withUnsafeMutableBufferPointer { gradient in
    logits.withUnsafeBufferPointer { logits in
      targets.withUnsafeBufferPointer { loss.evaluate(logits: logits, targets: $0, gradient: gradient) }
    }
  }
  return (value, gradient)
}

private func loss(_ name: String, _ options: JSONValue, classes: Int) throws -> any Loss {
  try Registry(losses: builtInLosses).make(
    name, options: options, classes: classes)
}

@Test func lossesEqualPyTorch() throws {
  let cases = try Reference("losses").values.elements
  #expect(cases.count == 21)
  for item in cases {
    let name = try "\(item.at("loss").string) \(item.at("name").string)"
    let options: JSONValue = .object([
      "class_weights": try item.at("class_weights"), "label_smoothing": try item.at("label_smoothing"),
    ])
    let loss = try loss(item.at("loss").string, options, classes: Int(item.at("classes").double))
    let (value, gradient) = try evaluate(loss, item.at("logits").floats, item.at("targets").floats)
    expectClose(value, try item.at("value").double, absolute: 1e-12, relative: 1e-8, name)
    expectClose(
      gradient, try item.at("gradient").floats, absolute: 1e-9, relative: 1e-6, "\(name) gradient")
  }
}

@Test(arguments: ["cross_entropy", "binary_cross_entropy"])
func lossGradientsEqualFiniteDifferences(name: String) throws {
  let loss = try loss(
    name, .object(["class_weights": .array([0.7, 1.9]), "label_smoothing": 0.2]), classes: 2)
  var draws = Seed(3).stream()
  let logits = (0..<5 * loss.outputs).map { _ in Float(2 * draws.normal()) }
  // Rows that sum to different weights.
  let targets: [Float] = [0, 1, 0.25, 0.75, 0.1, 0.4, 1, 0, 0.5, 1.5]
  let (_, gradient) = evaluate(loss, logits, targets)
  for index in logits.indices {
    // A step that a float32 takes exactly: the loss computes in doubles, so the quotient is good to 1e-6.
    let step: Float = 0x1p-9
    var (above, below) = (logits, logits)
    above[index] += step
    below[index] -= step
    let slope =
      (evaluate(loss, above, targets).0 - evaluate(loss, below, targets).0)
      / Double(above[index] - below[index])
    expectClose(Double(gradient[index]), slope, absolute: 2e-6, "\(name) d/d logit \(index)")
  }
}

@Test func oneLogitEqualsTwoWhoseFirstIsZero() throws {
  let options: JSONValue = .object(["class_weights": .array([0.4, 1.5]), "label_smoothing": 0.3])
  let binary = try loss("binary_cross_entropy", options, classes: 2)
  let softmax = try loss("cross_entropy", options, classes: 2)
  let logits: [Float] = [-2, 0.5, 3, 60]
  let targets: [Float] = [1, 0, 0, 1, 0.75, 0.25, 0.5, 0]
  let one = evaluate(binary, logits, targets)
  let two = evaluate(softmax, logits.flatMap { [0, $0] }, targets)
  expectClose(one.0, two.0, relative: 1e-12)
  expectClose(one.1, stride(from: 1, to: 8, by: 2).map { two.1[$0] }, absolute: 1e-9, relative: 1e-6)
}

/// A sample of weight two is that sample twice, one of weight zero is none.
@Test(arguments: ["cross_entropy", "binary_cross_entropy"])
func aSamplesWeightIsHowOftenItCounts(name: String) throws {
  let loss = try loss(name, ["class_weights": [0.7, 1.9], "label_smoothing": 0.2], classes: 2)
  func logits(_ rows: [Float]) -> [Float] { loss.outputs == 1 ? rows : rows.flatMap { [-$0, 2 * $0] } }
  let weighted = evaluate(loss, logits([0.5, -1, 2]), [1.5, 0.5, 0, 1, 0, 0])
  let repeated = evaluate(loss, logits([0.5, 0.5, -1]), [0.75, 0.25, 0.75, 0.25, 0, 1])
  expectClose(weighted.0, repeated.0, relative: 1e-12)
  let width = loss.outputs
  #expect(weighted.1[(2 * width)...].allSatisfy { $0 == 0 })
  for k in 0..<width {
    expectClose(
      Double(weighted.1[k]), Double(repeated.1[k] + repeated.1[width + k]), absolute: 1e-7, relative: 1e-6)
    expectClose(
      Double(weighted.1[width + k]), Double(repeated.1[2 * width + k]), absolute: 1e-7, relative: 1e-6)
  }
}

@Test func aBatchWithoutWeightTeachesNothing() throws {
  let loss = try loss("cross_entropy", ["class_weights": [0, 1]], classes: 2)
  let (value, gradient) = evaluate(loss, [1, 2, 3, 4], [1, 0, 1, 0])
  #expect(value == 0)
  #expect(gradient == [0, 0, 0, 0])
}

@Test(
  arguments: [
    ("cross_entropy", ["class_weights": [1, 1, 1]], "2 numbers"),
    ("cross_entropy", ["class_weights": [1, -1]], "none negative"),
    ("cross_entropy", ["label_smoothing": 2], "from 0.0 to 1.0"),
    ("cross_entropy", ["label_smooth": 0.1], "did you mean \"label_smoothing\""),
    ("cross_entropi", [:], "did you mean \"cross_entropy\""),
  ] as [(String, JSONValue, String)])
func wrongLossOptionsAreRefused(name: String, options: JSONValue, hint: String) throws {
  let problem = #expect(throws: Problem.self) { try loss(name, options, classes: 2) }
  #expect(try #require(problem).description.contains(hint), "\(problem?.description ?? "")")
}

@Test func binaryCrossEntropyNeedsTwoClasses() {
  #expect(throws: Problem.self) { try loss("binary_cross_entropy", [:], classes: 3) }
}
