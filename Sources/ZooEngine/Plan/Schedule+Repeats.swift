import ZooGraph
import ZooKernels
import ZooVolume

extension Schedule {
  /// Puts each step whose output was not kept before the first backward stage that wants it.
  mutating func placeRepeats(_ program: Program) {
    var left = repeats
    for index in backward.indices {
      let touched = Set(
        backward[index].steps.flatMap { program.steps[$0].inputs.map(\.storage) + [program.steps[$0].output] }
      )
      backward[index].again = left.filter { touched.contains(program.steps[$0].output) }.sorted()
      left.subtract(backward[index].again)
    }
  }
}

extension Program {
  /// Steps whose outputs can be computed again from values that are kept, the fewest multiply-adds for a byte first: fused
  /// convolutions (they read their inputs as they are kept) whose output has a buffer of its own.
  func repeatable(kernels: [Int: ChosenConvolution]) -> [Int] {
    let parents = Set(storages.compactMap { $0.parent?.storage })
    var chosen: [Int] = []
    let candidates = steps.indices.filter { index in
      guard case .fused? = kernels[index], case .convolution = steps[index].kind else { return false }
      let output = steps[index].output
      return output != self.output && storages[output].parent == nil && !parents.contains(output)
        && storages[output].shape.voxels > 1
    }
    // A byte of a layer's output costs inputs × taps multiply-adds.
    let ordered = candidates.sorted { (cost($0), $0) < (cost($1), $1) }
    for index in ordered where !chosen.contains(where: { depends(index, on: $0) || depends($0, on: index) }) {
      chosen.append(index)
    }
    return chosen
  }

  private func cost(_ index: Int) -> Int {
    guard case .convolution(let window, let groups, _) = steps[index].kind else { return 0 }
    return storages[steps[index].inputs[0].storage].shape.channels / groups * window.taps
  }

  /// Whether a step reads another's output, which then has to be kept.
  private func depends(_ index: Int, on other: Int) -> Bool {
    steps[index].inputs.contains { root(of: $0.storage).storage == steps[other].output }
  }
}
