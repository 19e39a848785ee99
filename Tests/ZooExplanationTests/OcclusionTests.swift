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
      let map = try explainer.attribution(of: x, label: label)
      expectClose(Double(map.peak), most, relative: 1e-5, "class \(label)")
      expectClose(map.values.map(Double.init), measured.map { $0 / most }, absolute: 1e-5, "class \(label)")
    }
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
