import Testing
import ZooExplanation
import ZooTestSupport

@Test func occlusionFollowsPyTorch() throws {
  let reference = try Reference()
  let x = try reference.values.at("x").floats
  for one in try reference.values.at("occlusion").elements {
    let label = Int(try one.at("label").double)
    let method = AttributionMethod.occlusion(
      patch: try one.at("patch").integers, stride: try one.at("stride").integers)
    let measured = try one.at("map").doubles.map { max(0, $0) }
    let most = try #require(measured.max())
    for threads in [1, 3] {
      let explainer = try method.explainer(of: reference.model, threads: threads)
      var passes: [Int] = []
      let map = try explainer.attribution(of: x, label: label) { passes.append($0) }
      #expect(passes.reduce(0, +) == explainer.passes && passes.allSatisfy { $0 > 0 })
      expectClose(Double(map.peak), most, relative: 1e-5, "class \(label)")
      expectClose(map.values.map(Double.init), measured.map { $0 / most }, absolute: 1e-5, "class \(label)")
    }
  }
}

@Test func severalAreExplainedByTheMeanOfTheirMaps() throws {
  let reference = try Reference()
  let x = try reference.values.at("x").floats
  let all = try reference.values.at("occlusion").elements
  // PyTorch's maps in log odds, what speaks against the class cut off.
  let label = Int(try all[0].at("label").double)
  let one = try all.filter { Int(try $0.at("label").double) == label }
  #expect(one.count > 1)
  let maps = try one.map { try $0.at("map").doubles.map { max(0, $0) } }
  let members = try one.map {
    try AttributionMethod.occlusion(patch: $0.at("patch").integers, stride: $0.at("stride").integers)
      .explainer(of: reference.model, threads: 1)
  }
  let equal = maps.map { _ in 1 / Double(maps.count) }
  for shares in [nil, [0.75] + maps.dropFirst().map { _ in 0.25 / Double(maps.count - 1) }] {
    let mean = maps[0].indices.map { voxel in
      zip(maps, shares ?? equal).reduce(0) { $0 + $1.0[voxel] * $1.1 }
    }
    let most = try #require(mean.max())
    let explainer = MeanExplainer(members, shares: shares)
    var passes = 0
    let map = try explainer.attribution(of: x, label: label) { passes += $0 }
    #expect(passes == explainer.passes && explainer.passes == members.reduce(0) { $0 + $1.passes })
    #expect(map.method.hasSuffix(", mean of \(one.count) models") && map.measure == "log odds lost")
    expectClose(Double(map.peak), most, relative: 1e-5)
    expectClose(map.values.map(Double.init), mean.map { $0 / most }, absolute: 1e-5)
    expectClose(
      try explainer.probabilities(of: x), try members[0].probabilities(of: x), absolute: 1e-12)
  }
}

@Test func patchesHaveToCoverTheSample() throws {
  let model = try Reference().model
  for (patch, stride, parts) in [
    ([6, 2, 2], [1, 1, 1], ["--patch", "1 to 5 voxels on axis 0", "found 6"]),
    ([2, 0, 2], [1, 1, 1], ["--patch", "found 0"]),
    ([2, 2, 2], [1, 3, 1], ["--stride", "leave gaps", "1 to 2 voxels on axis 1", "found 3"]),
  ] {
    for part in parts {
      expectProblem(part) {
        try AttributionMethod.occlusion(patch: patch, stride: stride).explainer(of: model, threads: 1)
      }
    }
  }
  let method = AttributionMethod.occlusion(patch: nil, stride: nil)
  let map = try method.explainer(of: model, threads: 1)
    .attribution(of: try Reference().values.at("x").floats, label: 0)
  #expect(map.method == "occlusion by 1×1×2 every 1×1×1")
}
