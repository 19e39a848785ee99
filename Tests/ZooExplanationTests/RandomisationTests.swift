import Testing
import ZooCore
import ZooExplanation
import ZooGraph
import ZooModels
import ZooTestSupport
import ZooVolume

@Test func otherWeightsGiveOtherMaps() throws {
  let reference = try Reference()
  let x = try reference.values.at("x").floats
  let method = AttributionMethod.gradCAM(layer: "act1")
  let map = try method.explainer(of: reference.model, threads: 1).attribution(of: x, label: 1)
  var passes = 0
  let checks = try [1, 2].map {
    try RandomisationCheck(
      of: map, models: [reference.model], sample: x, method: method, draws: 7, seed: Seed(3), threads: $0
    ) { passes += $0 }
  }
  // Two checks of seven draws of the last layer and seven of all.
  #expect(passes == 28)
  #expect(checks[0] == checks[1])
  #expect(checks[0].head.count == 7 && Set(checks[0].all).count > 1 && checks[0].isPassed)
  #expect((checks[0].head + checks[0].all).allSatisfy { (-1...1).contains($0) })
  #expect(map.rankCorrelation(with: map) == 1)
}

@Test func whatBothMapsLeaveEmptySaysNothing() throws {
  let (model, method) = (try Reference().model, AttributionMethod.gradCAM())
  // A sample of nothing has no ranks to compare, and is no reason to trust a map.
  let empty = [Float](repeating: 0, count: model.graph.inputShape.count)
  let explainer = try method.explainer(of: model, threads: 1)
  for label in 0..<3 {
    let map = try explainer.attribution(of: empty, label: label)
    #expect(map.rankCorrelation(with: map).isFinite)
  }
}
