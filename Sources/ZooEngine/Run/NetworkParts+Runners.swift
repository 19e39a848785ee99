import ZooGraph
import ZooKernels
import ZooVolume

extension NetworkParts {
  /// The runner of one step.
  static func runner(
    _ index: Int, _ plan: Plan, _ inputs: [Source], _ target: Target, _ state: RunState,
    _ slices: [ParameterSlice],
    input: UnsafeMutableBufferPointer<Float>, inputGradient: UnsafeMutableBufferPointer<Float>,
    batch: BatchScratch, packed: inout Carver, memory: inout Carver
  ) -> StepRunner {
    let (program, options) = (plan.program, plan.options)
    let step = program.steps[index]
    let own = step.parameters.map { slices[$0] }
    let inputAxes = step.inputs.first.map { program.storages[$0.storage].shape.axes } ?? []
    let outputAxes = program.storages[step.output].shape.axes
    switch step.kind {
    case .load:
      return LoadRunner(
        path: step.path, target: target, state: state, plain: input.baseAddress ?? memory.floats(0),
        plainGradient: inputGradient.isEmpty ? nil : inputGradient.baseAddress,
        count: plan.graph.inputShape.count)
    case .convolution(_, _, let hasBias):
      guard let kernel = plan.kernels[index], let packing = plan.packings[index] else { break }
      switch kernel {
      case .plain(let kernel):
        return PlainConvolutionRunner(
          path: step.path, input: inputs[0], target: target, state: state, kernel: kernel, packing: packing,
          weight: own[0], bias: hasBias ? own[1] : nil, packed: &packed, memory: &memory)
      case .fused(let kernel):
        return FusedConvolutionRunner(
          path: step.path, input: inputs[0], target: target, state: state, kernel: kernel, packing: packing,
          weight: own[0], bias: hasBias ? own[1] : nil, packed: &packed, memory: &memory)
      case .batch(let kernel):
        return BatchConvolutionRunner(
          path: step.path, input: inputs[0], target: target, state: state, kernel: kernel, packing: packing,
          weight: own[0], bias: hasBias ? own[1] : nil, batch: batch, packed: &packed, memory: &memory)
      }
    case .averagePool(let window, let countsPadding):
      return PoolRunner(
        path: step.path, input: inputs[0], target: target, state: state, kind: .average, window: window,
        inputAxes: inputAxes, outputAxes: outputAxes, countsPadding: countsPadding)
    case .maxPool(let window):
      return PoolRunner(
        path: step.path, input: inputs[0], target: target, state: state, kind: .maximum, window: window,
        inputAxes: inputAxes, outputAxes: outputAxes)
    case .globalAveragePool:
      return PoolRunner(path: step.path, input: inputs[0], target: target, state: state, kind: .global)
    case .dense(let units, let hasBias):
      return DenseRunner(
        path: step.path, input: inputs[0], target: target, state: state, weight: own[0],
        bias: hasBias ? own[1] : nil, units: units, rows: plan.copies, byWorker: options.mode == .inference,
        memory: &memory)
    case .add: return AddRunner(path: step.path, inputs: inputs, target: target, state: state)
    case .flatten: return FlattenRunner(path: step.path, inputs: inputs, target: target, state: state)
    case .softmax: return SoftmaxRunner(path: step.path, inputs: inputs, target: target, state: state)
    case .custom(let operation):
      return CustomRunner(
        path: step.path, inputs: inputs, target: target, state: state, operation: operation,
        shapes: step.inputs.map { program.storages[$0.storage].shape },
        outputCount: program.storages[step.output].shape.count, parameters: own, workers: options.threads,
        memory: &memory)
    case .keep: break
    }
    return KeepRunner(path: step.path, inputs: inputs, target: target, state: state)
  }
}
