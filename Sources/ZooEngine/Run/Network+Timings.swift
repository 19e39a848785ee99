import ZooGraph
import ZooKernels

extension Network {
  /// From now on measures the time of every step; a run costs a little more.
  public func startTimings() { clock.start() }

  /// What the steps took in the batches since `startTimings`, for one batch; passes that have nothing to do are left out.
  public func timings() -> [StepTiming] {
    guard clock.runs > 0 else { return [] }
    let samples = parts.state.samples
    let steps = plan.program.steps
    var timings: [StepTiming] = []
    func add(
      _ index: Int, _ pass: StepTiming.Pass, path: String, kind: String, multiplyAdds: Int, bytes: Int
    ) {
      let seconds = clock.seconds(index, pass) / Double(clock.runs)
      guard seconds > 0, multiplyAdds + bytes > 0 else { return }
      timings.append(
        StepTiming(
          path: path, kind: kind, pass: pass, seconds: seconds, multiplyAdds: multiplyAdds, bytes: bytes))
    }
    for pass in StepTiming.Pass.allCases {
      for (index, step) in steps.enumerated() {
        add(
          index, pass, path: step.path, kind: step.kind.word,
          multiplyAdds: samples * plan.multiplyAdds(of: step, pass),
          bytes: plan.bytes(of: step, pass, samples: samples))
      }
    }
    // The slots of all a stage's steps are summed together.
    add(
      steps.count, .reducing, path: "", kind: "weight gradients", multiplyAdds: 0,
      bytes: plan.slotBytes(samples: samples))
    return timings
  }

  /// How often a convolution copied a sample into another layout since the network was made, packing of weights left out.
  public var reorders: Int {
    plan.kernels.values.reduce(0) { $0 + ($1.reorders) }
  }
}
