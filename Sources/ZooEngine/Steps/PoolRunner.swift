internal import CKernels
import ZooGraph
import ZooVolume

/// Average and maximum over windows, and the mean over all voxels.
final class PoolRunner: StepRunner {
  enum Kind {
    case average, maximum, global
  }

  private let kind: Kind
  private var window = zoo_window()

  init(
    path: String, input: Source, target: Target, state: RunState, kind: Kind, window: Window? = nil,
    inputAxes: [Int] = [1, 1, 1], outputAxes: [Int] = [1, 1, 1], countsPadding: Bool = false
  ) {
    self.kind = kind
    if let window {
      self.window.input = triple(inputAxes)
      self.window.output = triple(outputAxes)
      self.window.kernel = triple(window.kernel)
      self.window.stride = triple(window.stride)
      self.window.padding_before = triple(window.paddingBefore)
      self.window.counts_padding = countsPadding ? 1 : 0
    }
    super.init(path: path, inputs: [input], target: target, state: state)
  }

  override func forward(_ turn: Turn) {
    let x = inputs[0].read(turn, into: state.scratch[turn.worker].input)
    let y = target.output(turn)
    let blocks = Int64(target.map.blocks)
    switch kind {
    case .average: state.kernels.average_pool(x, y, blocks, &window)
    case .maximum: state.kernels.max_pool(x, y, blocks, &window)
    case .global: state.kernels.global_mean(x, y, blocks, Int64(inputs[0].voxels))
    }
    target.store(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let source = inputs[0]
    guard source.learns else { return }
    let scratch = state.scratch[turn.worker]
    let dy = target.finishedGradient(turn)
    let blocks = Int64(target.map.blocks)
    switch kind {
    case .average: state.kernels.average_pool_backward(dy, scratch.inputGradient, blocks, &window)
    case .maximum:
      let x = source.read(turn, into: scratch.input)
      state.kernels.max_pool_backward(x, dy, scratch.inputGradient, blocks, &window)
    case .global:
      state.kernels.global_mean_backward(dy, scratch.inputGradient, blocks, Int64(source.voxels))
    }
    source.backward(scratch.inputGradient, turn)
  }
}

private func triple(_ sizes: [Int]) -> (Int64, Int64, Int64) {
  (Int64(sizes[0]), Int64(sizes[1]), Int64(sizes[2]))
}
