internal import CKernels
import ZooGraph
import ZooVolume

/// Average and maximum over windows, and the mean over all voxels: 16 channels of a slab at a time, read and written through the
/// nearest caches.
final class PoolRunner: StepRunner {
  enum Kind {
    case average, maximum, global
  }

  private let kind: Kind
  private let slabs: PoolSlabs

  /// Without a window, the mean over all voxels.
  init(
    path: String, input: Source, target: Target, state: RunState, kind: Kind, window: Window? = nil,
    inputAxes: [Int] = [1, 1, 1], outputAxes: [Int] = [1, 1, 1], countsPadding: Bool = false
  ) {
    self.kind = kind
    let whole = Window(
      kernel: [1, 1, 1], stride: [1, 1, 1], dilation: [1, 1, 1], padding: .valid, over: [1, 1, 1])
    slabs = PoolSlabs(window ?? whole, input: inputAxes, output: outputAxes, countsPadding: countsPadding)
    super.init(path: path, inputs: [input], target: target, state: state)
  }

  override var isShared: Bool { true }

  override func forward(_ turn: Turn) {
    let source = inputs[0]
    let scratch = state.scratch[turn.worker]
    let (x, y) = (scratch.input, scratch.inputGradient)
    var stream = target.stream(turn)
    for block in turn.share(of: target.map.blocks) {
      if kind == .global {
        source.read(turn, block: block, from: 0, count: source.voxels, into: x)
        state.kernels.global_mean(x, y, 1, Int64(source.voxels))
        state.kernels.write(&stream, Int64(block), 0, 1, y)
        continue
      }
      slabs.forEach(rows: slabs.rowsForward) { slab in
        read(slab, block, turn, into: x)
        var window = slab.window
        if kind == .average {
          state.kernels.average_pool(x, y, 1, &window)
        } else {
          state.kernels.max_pool(x, y, 1, &window)
        }
        state.kernels.write(&stream, Int64(block), Int64(slab.outputFirst), Int64(slab.outputCount), y)
      }
    }
    target.conclude(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let source = inputs[0]
    guard source.learns else { return }
    let scratch = state.scratch[turn.worker]
    let (dy, dx) = (scratch.outputGradient, scratch.inputGradient)
    var gradient = target.gradientStream(turn)
    guard !source.isMasked else { return backwardMasked(turn, &gradient) }
    var sink = source.sink(turn)
    for block in 0..<target.map.blocks {
      if kind == .global {
        state.kernels.read(&gradient, Int64(block), 0, 1, dy)
        state.kernels.global_mean_backward(dy, dx, 1, Int64(source.voxels))
        state.kernels.take(&sink, Int64(block), 0, Int64(source.voxels), dx)
        continue
      }
      // Planes that later windows look at too go on to the next slab, with what they have so far.
      var carried = 0
      slabs.forEach(rows: slabs.rowsBackward) { slab in
        let plane = slab.count * 16
        (dx + carried * plane).update(repeating: 0, count: (slab.planes.count - carried) * plane)
        spread(slab, block, turn, &gradient, to: dx)
        for number in 0..<slab.finished {
          let first = (slab.planes.lowerBound + number) * slab.plane + slab.first
          state.kernels.take(&sink, Int64(block), Int64(first), Int64(slab.count), dx + number * plane)
        }
        carried = slab.planes.count - slab.finished
        dx.update(from: dx + slab.finished * plane, count: carried * plane)
      }
    }
  }

  /// The whole gradient in f32: dropout masks it before it goes on.
  private func backwardMasked(_ turn: Turn, _ gradient: inout zoo_source) {
    let source = inputs[0]
    let scratch = state.scratch[turn.worker]
    let (dy, dx) = (scratch.outputGradient, scratch.inputGradient)
    let length = source.voxels * 16
    for block in 0..<target.map.blocks {
      let whole = dx + block * length
      if kind == .global {
        state.kernels.read(&gradient, Int64(block), 0, 1, dy)
        state.kernels.global_mean_backward(dy, whole, 1, Int64(source.voxels))
        continue
      }
      whole.update(repeating: 0, count: length)
      slabs.forEach(rows: slabs.rows.output) { slab in
        spread(slab, block, turn, &gradient, to: whole + slab.planes.lowerBound * slab.plane * 16)
      }
    }
    source.backward(dx, turn)
  }

  /// Adds what a slab of the output's gradient gives its input to `dx`.
  private func spread(
    _ slab: PoolSlab, _ block: Int, _ turn: Turn, _ gradient: inout zoo_source,
    to dx: UnsafeMutablePointer<Float>
  ) {
    let scratch = state.scratch[turn.worker]
    let dy = scratch.outputGradient
    var window = slab.window
    state.kernels.read(&gradient, Int64(block), Int64(slab.outputFirst), Int64(slab.outputCount), dy)
    if kind == .average {
      state.kernels.average_pool_backward(dy, dx, 1, &window)
    } else {
      read(slab, block, turn, into: scratch.input)
      state.kernels.max_pool_backward(scratch.input, dy, dx, 1, &window)
    }
  }

  private func read(_ slab: PoolSlab, _ block: Int, _ turn: Turn, into x: UnsafeMutablePointer<Float>) {
    for (number, plane) in slab.planes.enumerated() {
      inputs[0].read(
        turn, block: block, from: plane * slab.plane + slab.first, count: slab.count,
        into: x + number * slab.count * 16)
    }
  }
}
